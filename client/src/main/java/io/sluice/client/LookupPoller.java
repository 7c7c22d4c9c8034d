package io.sluice.client;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;

/**
 * Asks all lookup nodes, again and again, and hands on every daemon that any of them names. A node
 * that is away delays the others once: from then on it is asked last.
 */
final class LookupPoller {
    /** Shortest time between two rounds, however often connections are lost. */
    private static final long MIN_GAP_NS = TimeUnit.SECONDS.toNanos(1);

    private static final long IDLE_THREAD_S = 5;

    /** What a node is asked. */
    interface Question {
        List<NsqdAddress> ask(LookupNode node) throws IOException;
    }

    /**
     * What is known of a round.
     *
     * @param named the daemons that were named in it so far
     * @param isOver whether all nodes were asked
     * @param isComplete whether, moreover, all nodes answered
     */
    record Round(Set<NsqdAddress> named, boolean isOver, boolean isComplete) {}

    private final LookupOptions options;
    private final Question question;
    private final EventLoop loop;
    private final LongUnaryOperator random;
    private final Consumer<Round> found;
    private final ThreadPoolExecutor thread;
    private List<LookupNode> nodes;
    private long lastRoundNs;
    private boolean asking;
    private boolean askAgain;
    private boolean soonDue;

    /**
     * A poller that has not started.
     *
     * @param random draws a number of nanoseconds from 0 to below its argument
     * @param found told on the loop of each node's answer and of each round's end
     */
    LookupPoller(
            LookupOptions options,
            List<LookupNode> nodes,
            Question question,
            EventLoop loop,
            LongUnaryOperator random,
            Consumer<Round> found) {
        this.options = options;
        this.nodes = nodes;
        this.question = question;
        this.loop = loop;
        this.random = random;
        this.found = found;
        // At most one round is on its way, so that nothing piles up in this queue.
        thread =
                new ThreadPoolExecutor(
                        1,
                        1,
                        IDLE_THREAD_S,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(1),
                        task -> new IoThread(this, "nsq-lookup", task),
                        new ThreadPoolExecutor.DiscardPolicy());
        thread.allowCoreThreadTimeOut(true);
    }

    /** Asks now and then at every interval, the second time a random while later. */
    void start() {
        if (nodes.isEmpty()) return;
        ask();
        long intervalNs = options.interval().toNanos();
        long maxOffsetNs = (long) (options.jitter() * intervalNs);
        long offsetNs = maxOffsetNs == 0 ? 0 : random.applyAsLong(maxOffsetNs);
        loop.after(offsetNs + intervalNs, this::askAtInterval);
    }

    private void askAtInterval() {
        ask();
        loop.after(options.interval().toNanos(), this::askAtInterval);
    }

    /** Asks at once, or shortly after the last round: a daemon may have gone elsewhere. */
    void askSoon() {
        if (soonDue || nodes.isEmpty()) return;
        soonDue = true;
        long waitNs = lastRoundNs + MIN_GAP_NS - loop.nowNs();
        if (waitNs > 0) loop.after(waitNs, this::ask);
        else ask();
    }

    private void ask() {
        soonDue = false;
        askAgain = asking;
        if (asking) return;
        asking = true;
        lastRoundNs = loop.nowNs();
        List<LookupNode> round = nodes;
        thread.execute(() -> askAll(round));
    }

    private void askAll(List<LookupNode> round) {
        Set<NsqdAddress> named = new LinkedHashSet<>();
        List<LookupNode> answered = new ArrayList<>();
        List<LookupNode> away = new ArrayList<>();
        for (LookupNode node : round) {
            try {
                named.addAll(question.ask(node));
                Round soFar = new Round(new LinkedHashSet<>(named), false, false);
                loop.execute(() -> found.accept(soFar));
                answered.add(node);
            } catch (IOException | RuntimeException e) {
                Log.LOGGER.log(Level.WARNING, "lookup at " + node + " failed: " + e.getMessage());
                away.add(node);
            }
        }
        answered.addAll(away);
        Round whole = new Round(named, true, away.isEmpty());
        loop.execute(() -> roundIsOver(whole, answered));
    }

    private void roundIsOver(Round round, List<LookupNode> nextRound) {
        nodes = nextRound;
        asking = false;
        found.accept(round);
        if (askAgain) ask();
    }

    void close() {
        thread.shutdown();
    }
}
