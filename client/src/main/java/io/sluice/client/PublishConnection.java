package io.sluice.client;

import io.sluice.protocol.Command;
import io.sluice.protocol.CommandEncoder;
import io.sluice.protocol.Frame;
import io.sluice.protocol.FrameDecoder;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The producer's side of one connection. A publish that finds nothing under way is written by its
 * caller, what gathers meanwhile by the sender; whoever reads matches the answers to what was sent
 * by their order. Whatever ends the connection, each publish gets exactly one answer.
 */
final class PublishConnection {
    /** Bytes of message bodies that are encoded and written in one go. */
    private static final long CHUNK_BYTES = 256 * 1024;

    /**
     * Most bytes that a caller writes itself: when all before is answered, every system's socket
     * takes so many at once, so that the caller never waits for the daemon.
     */
    private static final long MAX_NOW_BYTES = 8 * 1024;

    private record Sent(Batch batch, long timeNs) {}

    private final NsqdConnection wire;
    private final ProducerOptions options;
    private final PublishQueue queue;
    private final ArrayDeque<Sent> outstanding = new ArrayDeque<>();

    /** Held from the choice of what is sent next until it is written. */
    private final ReentrantLock writing = new ReentrantLock();

    private final IoThread reader;
    private final ReadTurns reading;
    private boolean open = true;
    private boolean answered;
    private volatile boolean heartbeatIsDue;

    private PublishConnection(NsqdConnection wire, ProducerOptions options, PublishQueue queue) {
        this.wire = wire;
        this.options = options;
        this.queue = queue;
        reader = new IoThread(queue, "nsq-producer-reader " + wire.address(), this::read);
        reading = new ReadTurns(reader);
    }

    /** Connects; ConnectFailedException when that fails. */
    static PublishConnection open(
            NsqdAddress address, ProducerOptions options, PublishQueue queue) {
        NsqdConnection wire = NsqdConnection.open(address, options.connection(), Map.of());
        PublishConnection connection = new PublishConnection(wire, options, queue);
        connection.reader.start();
        options.listener().connected(address);
        return connection;
    }

    synchronized boolean isOpen() {
        return open;
    }

    /** True when the daemon has answered anything at all. */
    synchronized boolean hasAnswered() {
        return answered;
    }

    /** Any thread: sends it at once if nothing is under way here; false when it has to wait. */
    boolean sendNow(Publish publish) {
        long bytes = publish.byteCount() + 4L * publish.messageCount();
        if (bytes > MAX_NOW_BYTES || !writing.tryLock()) return false;
        try {
            if (!queue.isEmpty() || !expectOnlyAnswerTo(publish)) return false;
            publish.answer.comesOn(this);
            write(publish.command());
            reading.sent();
        } catch (IOException e) {
            // What follows the failure must not wait here either.
            IoThread.runFor(queue, () -> lose(e));
        } finally {
            writing.unlock();
        }
        return true;
    }

    private synchronized boolean expectOnlyAnswerTo(Publish publish) {
        if (!open || !outstanding.isEmpty()) return false;
        outstanding.add(new Sent(new Batch(List.of(publish)), System.nanoTime()));
        return true;
    }

    private void write(Command command) throws IOException {
        wire.write(CommandEncoder.encode(command));
        wire.flush();
    }

    /** Sender: sends what is waiting; what cannot be sent any more goes back to the queue. */
    void sendWaiting() {
        writing.lock();
        try {
            List<Publish> publishes = queue.take(CHUNK_BYTES);
            List<Batch> batches =
                    options.batching()
                            ? Batch.coalesced(publishes, options.maxBodyBytes())
                            : Batch.singles(publishes);
            if (!expectAnswersTo(batches)) {
                queue.putBack(publishes);
                return;
            }
            for (Batch batch : batches) wire.write(CommandEncoder.encode(batch.command()));
            wire.flush();
            reading.sent();
        } catch (IOException e) {
            lose(e);
        } finally {
            writing.unlock();
        }
    }

    private synchronized boolean expectAnswersTo(List<Batch> batches) {
        long nowNs = System.nanoTime();
        if (open) batches.forEach(batch -> outstanding.add(new Sent(batch, nowNs)));
        return open;
    }

    /** True when the daemon waits for a sign of life. */
    boolean isHeartbeatDue() {
        return heartbeatIsDue;
    }

    /** Sender: answers a heartbeat. */
    void answerHeartbeat() {
        heartbeatIsDue = false;
        writing.lock();
        try {
            write(new Command.Nop());
        } catch (IOException e) {
            lose(e);
        } finally {
            writing.unlock();
        }
    }

    private void read() {
        int visits = 0;
        while (isOpen()) {
            reading.take(visits);
            visits = reading.visits();
            readNext();
            reading.release();
        }
    }

    /** Reads until this answer is there, unless somebody else does. */
    void readFor(Answer answer) {
        if (!reading.tryTake()) return;
        try {
            IoThread.runFor(
                    queue,
                    () -> {
                        while (!answer.isDone() && isOpen()) readSoon();
                    });
        } finally {
            reading.release();
        }
        if (isOwing()) reading.callOwn();
    }

    private synchronized boolean isOwing() {
        return !outstanding.isEmpty();
    }

    /** The answer to what was just sent is probably on its way. */
    private void readSoon() {
        wire.awaitAwake();
        readNext();
    }

    private void readNext() {
        try {
            take(wire.read());
        } catch (IOException | FrameDecoder.MalformedFrame e) {
            lose(e);
        }
    }

    private void take(Frame frame) throws IOException {
        if (frame.equals(Frame.HEARTBEAT)) {
            checkAnswersCome();
            heartbeatIsDue = true;
            queue.wakeAll();
        } else if (frame instanceof Frame.Error error) {
            refuse(RefusedException.of(error.data().utf8()));
        } else {
            Sent oldest = pollOutstanding();
            if (oldest == null) throw new IOException("an answer came to nothing: " + frame);
            queue.answer(oldest.batch.publishes(), null);
        }
    }

    private synchronized Sent pollOutstanding() {
        answered = true;
        return outstanding.poll();
    }

    /** A daemon that beats but answers no publish is as good as gone. */
    private synchronized void checkAnswersCome() throws IOException {
        Sent oldest = outstanding.peek();
        if (oldest == null) return;
        long waitedMs = (System.nanoTime() - oldest.timeNs) / 1_000_000;
        if (waitedMs > options.connection().readTimeout().toMillis()) {
            throw new IOException("no answer within " + waitedMs + " ms");
        }
    }

    /**
     * The oldest publish was refused, and the daemon closes the connection. It takes commands one
     * by one, so that it has taken none of the others: they can be sent again.
     */
    private void refuse(RefusedException refusal) {
        Sent refused = pollOutstanding();
        queue.putBack(end());
        if (refused == null) {
            Log.LOGGER.log(Level.WARNING, wire.address() + " refused: " + refusal.getMessage());
        } else if (refusal instanceof BadMessageException && !refused.batch.isSingle()) {
            // An MPUB is checked as a whole: find out which message it was.
            refused.batch.publishes().forEach(publish -> publish.alone = true);
            queue.putBack(refused.batch.publishes());
        } else {
            queue.answer(refused.batch.publishes(), refusal);
        }
    }

    /** The connection is gone, and with it the answers to all that is outstanding. */
    private void lose(Exception cause) {
        ConnectionLostException failure = new ConnectionLostException(wire.address(), cause);
        if (isOpen()) {
            Log.LOGGER.log(Level.INFO, failure.getMessage());
            options.listener().disconnected(wire.address(), failure);
        }
        giveUp(failure);
    }

    private void giveUp(ConnectionLostException failure) {
        List<Publish> again = new ArrayList<>();
        List<Publish> lost = new ArrayList<>();
        for (Publish publish : end()) {
            publish.loss = failure;
            (publish.losses++ < options.maxResends() ? again : lost).add(publish);
        }
        queue.putBack(again);
        queue.answer(lost, failure);
    }

    /** Ends the connection; the publishes that it still owed an answer. */
    private synchronized List<Publish> end() {
        List<Publish> unanswered = new ArrayList<>();
        outstanding.forEach(sent -> unanswered.addAll(sent.batch.publishes()));
        outstanding.clear();
        open = false;
        wire.close();
        return unanswered;
    }

    /** The producer is done. */
    void close() {
        giveUp(new ConnectionLostException(wire.address(), new ClientClosedException()));
    }
}
