package io.sluice.client;

import io.sluice.client.FlowControl.Outcome;
import io.sluice.protocol.Command;
import io.sluice.protocol.Frame;
import io.sluice.protocol.FrameDecoder;
import io.sluice.protocol.Message;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A consumer's connection to one daemon. One thread connects, {@link HandlerThreads} read by turns,
 * another writes what the {@link Outbox} holds; what happens is told to {@link Subscriptions}, at
 * the end that it ended.
 */
final class Subscription {
    private static final Command.Nop NOP = new Command.Nop();

    private final NsqdAddress address;
    private final ConsumerOptions options;
    private final Subscriptions owner;
    private final Outbox outbox = new Outbox();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final Unanswered unanswered;
    private volatile Reading reading;
    private volatile NsqdConnection connection;
    private volatile long lastMessageNs;
    private volatile int ready;
    private volatile boolean closeWait;
    private volatile boolean aborted;
    private volatile boolean ended;

    Subscription(NsqdAddress address, ConsumerOptions options, Subscriptions owner) {
        this.address = address;
        this.options = options;
        this.owner = owner;
        lastMessageNs = owner.nowNs();
        unanswered = new Unanswered(options.handling().touchFor());
    }

    void start() {
        new IoThread(owner, "nsq-consumer-connect " + address, this::connect).start();
    }

    private void connect() {
        NsqdConnection opened = null;
        try {
            opened =
                    NsqdConnection.open(address, options.connection(), options.delivery().wishes());
            opened.ask(new Command.Sub(options.topic(), options.channel()));
            begin(opened);
        } catch (ConnectFailedException e) {
            end(e);
        } catch (IOException | RefusedException | FrameDecoder.MalformedFrame e) {
            opened.close();
            end(new ConnectFailedException(address, e));
        }
    }

    private void begin(NsqdConnection opened) {
        CommandWriter writer = new CommandWriter(opened, outbox, options.flow().maxInFlight());
        reading = new Reading(this, opened, owner.handlers(), outbox, writer);
        connection = opened;
        if (aborted) opened.close();
        new IoThread(owner, "nsq-consumer-writer " + address, writer::run).start();
        owner.joined(this);
        reading.start();
    }

    private void end(NsqException why) {
        ended = true;
        outbox.end();
        if (reading != null) reading.end();
        owner.left(this, why);
    }

    void lost(Exception cause) {
        connection.close();
        end(new ConnectionLostException(address, cause));
    }

    /** Takes what the daemon sent: a message that is to be handled, or null. */
    ReceivedMessage take(Frame frame) {
        if (frame instanceof Frame.Push push) return received(push.message());
        if (frame instanceof Frame.Error error) {
            refused(RefusedException.of(error.data().utf8()));
        } else if (frame.equals(Frame.HEARTBEAT)) {
            send(NOP);
        } else if (frame.equals(Frame.CLOSE_WAIT)) {
            closeWait = true;
            endWhenDrained();
        }
        return null;
    }

    private ReceivedMessage received(Message message) {
        long nowNs = owner.nowNs();
        lastMessageNs = nowNs;
        inFlight.incrementAndGet();
        ReceivedMessage received = new ReceivedMessage(this, message, nowNs);
        unanswered.add(received);
        options.listener().received(received);
        return received;
    }

    private void refused(RefusedException refusal) {
        if (!(refusal instanceof AnswerRefusedException answer)) throw refusal;
        Log.LOGGER.log(Level.INFO, address + ": " + answer.getMessage());
        owner.answerRefused(this, answer);
    }

    private void send(Command command) {
        if (reading.send(command)) return;
        Log.LOGGER.log(Level.WARNING, address + " reads none of our commands");
        abort();
    }

    void finish(ReceivedMessage message) {
        answer(message, Outcome.SUCCESS, new Command.Fin(message.messageId()));
        options.listener().finished(message, message.ageNs(owner.nowNs()));
    }

    void requeue(ReceivedMessage message, long delayMs, Outcome outcome) {
        answer(message, outcome, new Command.Req(message.messageId(), delayMs));
        options.listener().requeued(message, message.ageNs(owner.nowNs()));
    }

    private void answer(ReceivedMessage message, Outcome outcome, Command command) {
        owner.answered(
                message,
                outcome,
                () -> {
                    send(command);
                    dropped(message);
                });
    }

    /** One message less is in flight here. */
    void dropped(ReceivedMessage message) {
        unanswered.remove(message);
        inFlight.decrementAndGet();
        endWhenDrained();
    }

    void touch(ReceivedMessage message) {
        send(new Command.Touch(message.messageId()));
    }

    /** Loop: keeps unanswered messages from timing out; nanoseconds until the next time, or 0. */
    long touchUnanswered() {
        long msgTimeoutMs = connection.negotiated().msgTimeoutMs();
        unanswered.touch(owner.nowNs(), msgTimeoutMs);
        return unanswered.intervalNs(msgTimeoutMs);
    }

    void ready(int count) {
        ready = count;
        send(new Command.Rdy(count));
    }

    /** Asks the daemon to send no more; the connection ends when all messages are answered. */
    void drain() {
        send(new Command.Cls());
    }

    private void endWhenDrained() {
        if (closeWait && inFlight.get() == 0) outbox.end();
    }

    /** Ends the connection as it is. */
    void abort() {
        aborted = true;
        NsqdConnection opened = connection;
        if (opened != null) opened.close();
        Reading begun = reading;
        if (begun != null) begun.interrupt();
    }

    /** True when the daemon cannot have taken back what it sent or was told of at this time. */
    boolean holdsSince(long timeNs) {
        if (ended) return false;
        long timeoutMs = connection.negotiated().msgTimeoutMs();
        return timeoutMs == 0 || owner.nowNs() - timeNs < TimeUnit.MILLISECONDS.toNanos(timeoutMs);
    }

    ConsumerOptions options() {
        return options;
    }

    long nowNs() {
        return owner.nowNs();
    }

    /** True when almost all that was asked for is here and unanswered. */
    boolean isStarved() {
        int messages = inFlight.get();
        return messages > 0 && messages >= 0.85 * ready;
    }

    boolean isConnected() {
        return connection != null;
    }

    NsqdAddress address() {
        return address;
    }

    int maxReadyCount() {
        return connection.negotiated().maxReadyCount();
    }

    long lastMessageNs() {
        return lastMessageNs;
    }

    /** True when all that the daemon had sent was answered before the end. */
    boolean isDrained() {
        return closeWait && inFlight.get() == 0;
    }
}
