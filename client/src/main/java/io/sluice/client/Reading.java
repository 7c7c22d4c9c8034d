package io.sluice.client;

import io.sluice.protocol.Command;
import io.sluice.protocol.FrameDecoder;
import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Reads a consumer's connection. The thread that reads a message calls the handler too, as to wake
 * another takes longer than all else. Where several handlers may run, a next thread reads on at
 * once; where it is one at a time, only when the handler takes long.
 */
final class Reading {
    /** Answers to messages that came together go out together, but wait no longer than this. */
    private static final long MAX_ANSWER_WAIT_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Subscription subscription;
    private final NsqdConnection connection;
    private final HandlerThreads handlers;
    private final Outbox outbox;
    private final CommandWriter writer;
    private final LeadTurn lead = new LeadTurn();

    /** The thread that reads; null between two turns. */
    private Thread reader;

    /** The thread whose answers need not go out one by one, as it looks after them. */
    private volatile Thread gathering;

    /** Of the thread that reads: when it last wrote answers. */
    private long writtenNs;

    Reading(
            Subscription subscription,
            NsqdConnection connection,
            HandlerThreads handlers,
            Outbox outbox,
            CommandWriter writer) {
        this.subscription = subscription;
        this.connection = connection;
        this.handlers = handlers;
        this.outbox = outbox;
        this.writer = writer;
    }

    void start() {
        if (handlers.areOne()) execute(this::standBy);
        execute(this::read);
    }

    private void execute(Runnable task) {
        try {
            handlers.execute(task);
        } catch (RejectedExecutionException e) {
            subscription.lost(new IOException("the consumer closed", e));
        }
    }

    private void standBy() {
        if (!lead.awaitLead()) return;
        execute(this::standBy);
        gathering = null;
        outbox.wake();
        read();
    }

    private void read() {
        reading(true);
        try {
            ReceivedMessage mine = next();
            while (mine == null || handlers.areOne() && handleAndGoOn(mine)) mine = next();
            reading(false);
            if (handlers.areOne()) return;
            execute(this::read);
            handlers.handle(mine);
        } catch (IOException | RefusedException | FrameDecoder.MalformedFrame e) {
            reading(false);
            subscription.lost(e);
        } catch (InterruptedException e) {
            reading(false);
            subscription.lost(new IOException("the consumer closed"));
        }
    }

    /** Reads a frame: the message if this thread is to handle it, else null. */
    private ReceivedMessage next() throws IOException, InterruptedException {
        ReceivedMessage message = subscription.take(connection.read());
        boolean more = connection.hasFrame();
        if (message != null) {
            // To hand the reading on is for the last of those that came together.
            boolean mine = (handlers.areOne() || !more) && handlers.tryEnter();
            if (mine) return message;
            handlers.add(message);
        }
        if (!more) outbox.wake();
        return null;
    }

    /** False when another thread reads by now. */
    private boolean handleAndGoOn(ReceivedMessage message) throws IOException {
        reading(false);
        gathering = Thread.currentThread();
        int paused = lead.pause();
        handlers.handle(message);
        if (!lead.goOn(paused)) {
            outbox.wake();
            return false;
        }
        gathering = null;
        reading(true);
        long nowNs = subscription.lastMessageNs();
        if (!connection.hasFrame() || nowNs - writtenNs >= MAX_ANSWER_WAIT_NS) {
            writer.writeNow();
            writtenNs = nowNs;
        }
        return true;
    }

    /** Has a command written: with others when this thread writes them when it is done. */
    boolean send(Command command) {
        boolean gathers = isGathering();
        boolean added = outbox.add(command, !gathers);
        // Another thread may read meanwhile, and have looked after the others only.
        if (gathers && !isGathering()) outbox.wake();
        return added;
    }

    private boolean isGathering() {
        return gathering == Thread.currentThread();
    }

    private synchronized void reading(boolean begins) {
        if (begins) {
            reader = Thread.currentThread();
        } else if (reader == Thread.currentThread()) {
            reader = null;
            // What the abort said to the reader is not for the handler.
            Thread.interrupted();
        }
    }

    /** The connection is closed: the thread that reads must not wait for a handler either. */
    synchronized void interrupt() {
        if (reader != null) reader.interrupt();
    }

    /** The connection is gone. */
    void end() {
        lead.end();
    }
}
