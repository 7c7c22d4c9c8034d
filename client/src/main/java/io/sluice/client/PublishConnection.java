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

/**
 * The producer's side of one connection: the sender writes, a reader matches the answers to what
 * was sent by their order. Whatever ends the connection, each publish gets exactly one answer.
 */
final class PublishConnection {
    private record Sent(Batch batch, long timeNs) {}

    private final NsqdConnection wire;
    private final ProducerOptions options;
    private final PublishQueue queue;
    private final ArrayDeque<Sent> outstanding = new ArrayDeque<>();
    private boolean open = true;
    private boolean answered;
    private volatile boolean heartbeatIsDue;

    private PublishConnection(NsqdConnection wire, ProducerOptions options, PublishQueue queue) {
        this.wire = wire;
        this.options = options;
        this.queue = queue;
    }

    /** Connects; ConnectFailedException when that fails. */
    static PublishConnection open(
            NsqdAddress address, ProducerOptions options, PublishQueue queue) {
        NsqdConnection wire = NsqdConnection.open(address, options.connection(), Map.of());
        PublishConnection connection = new PublishConnection(wire, options, queue);
        new IoThread(queue, "nsq-producer-reader " + address, connection::read).start();
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

    /** Sender: sends these; what cannot be sent any more goes back to the queue. */
    void send(List<Publish> publishes) {
        List<Batch> batches =
                options.batching()
                        ? Batch.coalesced(publishes, options.maxBodyBytes())
                        : Batch.singles(publishes);
        if (!expectAnswersTo(batches)) {
            queue.putBack(publishes);
            return;
        }
        try {
            for (Batch batch : batches) wire.write(CommandEncoder.encode(batch.command()));
            wire.flush();
        } catch (IOException e) {
            lose(e);
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
        try {
            wire.write(CommandEncoder.encode(new Command.Nop()));
            wire.flush();
        } catch (IOException e) {
            lose(e);
        }
    }

    private void read() {
        try {
            while (isOpen()) take(wire.read());
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
        if (waitedMs > options.connection().silenceMs()) {
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
