package io.sluice.client;

import io.sluice.client.FlowControl.Outcome;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.LongUnaryOperator;

/**
 * All connections of a consumer: which daemons to connect to, when again, and how many messages
 * each may send. Connections report from their own threads; everything is decided on the loop.
 */
final class Subscriptions {
    private static final long FIRST_RECONNECT_NS = TimeUnit.SECONDS.toNanos(1);

    private final ConsumerOptions options;
    private final EventLoop loop;
    private final HandlerThreads handlers;
    private final LookupPoller poller;
    private final FlowControl<Subscription> flow;
    private final Map<NsqdAddress, Subscription> open = new ConcurrentHashMap<>();
    private final Map<NsqdAddress, ReconnectDelay> delays = new HashMap<>();
    private final Set<NsqdAddress> reconnecting = new HashSet<>();
    private final CompletableFuture<Boolean> closed = new CompletableFuture<>();
    private volatile boolean backingOff;
    private boolean resumeIsDue;
    private boolean closing;
    private boolean drained = true;

    /**
     * Connections to nobody until the start.
     *
     * @param ceiling most messages in flight at this moment
     */
    Subscriptions(
            ConsumerOptions options,
            EventLoop loop,
            HandlerThreads handlers,
            LongUnaryOperator random,
            IntSupplier ceiling) {
        this.options = options;
        this.loop = loop;
        this.handlers = handlers;
        poller =
                new LookupPoller(
                        options.lookup(),
                        LookupNode.of(options.lookup(), options.connection()),
                        node -> node.producers(options.topic()),
                        loop,
                        random,
                        round -> round.named().forEach(this::connect));
        FlowOptions limits = options.flow();
        flow =
                new FlowControl<>(
                        ceiling,
                        new ReadyShares<>(
                                limits.maxTurnIdle().toNanos(), limits.maxTurn().toNanos()),
                        new Backoff(
                                limits.backoffMultiplier().toNanos(),
                                limits.maxBackoff().toNanos(),
                                limits.backoffFullJitter() ? random : pauseNs -> pauseNs),
                        loop::nowNs,
                        Subscription::ready);
    }

    void start() {
        loop.execute(
                () -> {
                    options.nsqds().forEach(this::connect);
                    poller.start();
                    loop.after(options.flow().turnInterval().toNanos(), this::rotate);
                });
    }

    private void rotate() {
        flow.rotate(Subscription::lastMessageNs);
        loop.after(options.flow().turnInterval().toNanos(), this::rotate);
    }

    private void connect(NsqdAddress address) {
        if (closing || open.containsKey(address)) return;
        Subscription subscription = new Subscription(address, options, this);
        open.put(address, subscription);
        subscription.start();
    }

    /** A connection can take messages. */
    void joined(Subscription subscription) {
        loop.execute(
                () -> {
                    if (open.get(subscription.address()) != subscription) return;
                    delays.remove(subscription.address());
                    flow.joined(subscription, subscription.maxReadyCount());
                    touch(subscription);
                    Log.LOGGER.log(Level.INFO, "consuming from " + subscription.address());
                    options.listener().connected(subscription.address());
                });
    }

    private void touch(Subscription subscription) {
        if (open.get(subscription.address()) != subscription) return;
        long intervalNs = subscription.touchUnanswered();
        if (intervalNs > 0) loop.after(intervalNs, () -> touch(subscription));
    }

    /** The ceiling has moved. */
    void resettle() {
        loop.execute(flow::settle);
    }

    /** A connection ended or never came about. */
    void left(Subscription subscription, NsqException why) {
        loop.execute(
                () -> {
                    if (!open.remove(subscription.address(), subscription)) return;
                    flow.left(subscription);
                    if (closing) goneWhileClosing(subscription);
                    else lost(subscription.address(), why);
                });
    }

    private void lost(NsqdAddress address, NsqException why) {
        Log.LOGGER.log(Level.WARNING, why.getMessage());
        reconnectLater(address);
        if (why instanceof ConnectionLostException) poller.askSoon();
        options.listener().disconnected(address, why);
    }

    /**
     * Tries again after a while, and after longer ones up to the lookup interval. Then the lookup
     * nodes are asked anyway, and alone know whether a daemon that they named is still there.
     */
    private void reconnectLater(NsqdAddress address) {
        long maxNs = options.lookup().interval().toNanos();
        ReconnectDelay delay =
                delays.computeIfAbsent(
                        address,
                        key -> new ReconnectDelay(Math.min(FIRST_RECONNECT_NS, maxNs), maxNs));
        if (delay.atLimit() && !options.nsqds().contains(address)) {
            delays.remove(address);
        } else if (reconnecting.add(address)) {
            loop.after(
                    delay.take(),
                    () -> {
                        reconnecting.remove(address);
                        connect(address);
                    });
        }
    }

    HandlerThreads handlers() {
        return handlers;
    }

    /**
     * A message was answered: {@code send} sends that. An outcome that slows consuming down is
     * looked at first, so that no daemon sends another message in between.
     */
    void answered(ReceivedMessage message, Outcome outcome, Runnable send) {
        boolean matters = flow.canBackOff() && (backingOff || outcome == Outcome.FAILURE);
        Runnable before = message.beforeAnswer();
        if (!matters && before == null) {
            send.run();
            return;
        }
        loop.execute(
                () -> {
                    if (before != null) before.run();
                    flow.answered(outcome);
                    awaitResume();
                    send.run();
                });
    }

    private void awaitResume() {
        if (backingOff != flow.isBackingOff()) {
            backingOff = flow.isBackingOff();
            options.listener().backingOff(backingOff);
        }
        long dueInNs = flow.dueInNs();
        if (dueInNs < 0 || resumeIsDue) return;
        resumeIsDue = true;
        loop.after(
                dueInNs,
                () -> {
                    resumeIsDue = false;
                    flow.tick();
                    awaitResume();
                });
    }

    /** A daemon did not take a FIN, REQ or TOUCH. */
    void answerRefused(Subscription subscription, AnswerRefusedException why) {
        loop.execute(() -> options.listener().answerRefused(subscription.address(), why));
    }

    /** Takes no messages, or takes them again. */
    void pause(boolean on) {
        loop.execute(
                () -> {
                    if (!closing) flow.stopped(on);
                });
    }

    boolean isStarved() {
        return open.values().stream().anyMatch(Subscription::isStarved);
    }

    long nowNs() {
        return loop.nowNs();
    }

    /**
     * Takes no more messages and ends each connection when its messages are answered; all of them
     * as they are after {@code timeoutNs} nanoseconds. The future says whether all were answered.
     */
    CompletableFuture<Boolean> close(long timeoutNs) {
        loop.execute(
                () -> {
                    if (!closing) drain();
                    loop.after(timeoutNs, () -> open.values().forEach(Subscription::abort));
                });
        return closed;
    }

    private void drain() {
        closing = true;
        poller.close();
        flow.stopped(true);
        for (Subscription subscription : open.values()) {
            if (subscription.isConnected()) {
                subscription.drain();
            } else {
                open.remove(subscription.address());
                subscription.abort();
            }
        }
        closeWhenEmpty();
    }

    private void goneWhileClosing(Subscription subscription) {
        drained &= subscription.isDrained();
        closeWhenEmpty();
    }

    private void tellClosed() {
        try {
            options.listener().closed();
        } catch (RuntimeException e) {
            Log.LOGGER.log(Level.WARNING, "the listener failed", e);
        }
    }

    private void closeWhenEmpty() {
        if (!open.isEmpty() || closed.isDone()) return;
        handlers.stop();
        loop.close();
        tellClosed();
        closed.complete(drained);
    }
}
