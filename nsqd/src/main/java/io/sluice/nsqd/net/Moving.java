package io.sluice.nsqd.net;

import io.sluice.nsqd.core.ClientLink;
import io.sluice.nsqd.core.ClientSettings;
import io.sluice.nsqd.core.Durability;
import io.sluice.nsqd.core.Move;
import io.sluice.nsqd.core.Receipt;
import io.sluice.nsqd.core.Refused;
import io.sluice.protocol.Bytes;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.TopicName;
import java.util.List;
import java.util.function.Consumer;

/**
 * Messages of a channel go to another topic, which may belong to another loop: batch by batch, each
 * finished in the channel once the topic has promised what it promises for all its messages.
 */
public final class Moving {
    /** What has not been promised by then waits again, and it ends. */
    private static final int PATIENCE_MS = 60_000;

    /** The log is being read. */
    private static final long PAUSE_MS = 2;

    private final CoreLoop from;
    private final CoreLoop to;
    private final TopicName topic;
    private final TopicName target;
    private final String remoteAddress;
    private Move move;
    private Consumer<Result> done;
    private int batches;
    private boolean ended;

    /**
     * What became of it.
     *
     * @param moved messages that are in the other topic now and in the channel no longer
     * @param left messages that wait in the channel
     * @param problem why it ended early; null when it did not
     */
    public record Result(long moved, long left, String problem) {}

    /**
     * Moves nothing yet.
     *
     * @param remoteAddress of who wants it, which the channel shows among its consumers meanwhile
     */
    public Moving(Loops loops, TopicName topic, TopicName target, String remoteAddress) {
        this.from = loops.of(topic);
        this.to = loops.of(target);
        this.topic = topic;
        this.target = target;
        this.remoteAddress = remoteAddress;
    }

    /**
     * Moves up to {@code count} of the messages that wait in a channel that there is. To be called
     * once, on the loop of its topic, where {@code done} is called too.
     */
    public void start(ChannelName channel, int count, Consumer<Result> whenDone) {
        done = whenDone;
        try {
            move = Move.begin(from.broker(), topic, channel, count, client());
        } catch (Refused e) {
            done.accept(new Result(0, 0, e.getMessage()));
            return;
        }
        watch();
        goOn();
    }

    private ClientSettings client() {
        String none = "";
        return new ClientSettings(
                // No connection has a number below 0.
                ~from.nowNs(),
                from.nowNs(),
                remoteAddress,
                "move to " + target,
                none,
                none,
                none,
                none,
                0,
                0,
                0,
                PATIENCE_MS,
                0,
                ClientLink.PLAIN);
    }

    /** A topic that is deleted promises nothing any more, and a log may not answer. */
    private void watch() {
        int before = batches;
        from.runLater(
                () -> {
                    if (ended) return;
                    if (batches == before) end("nothing could be moved for a minute");
                    else watch();
                },
                PATIENCE_MS);
    }

    private void goOn() {
        List<Bytes> bodies = move.next(from.nowNs());
        if (!bodies.isEmpty()) to.run(() -> publish(bodies));
        else if (move.isOver()) end(null);
        else from.runLater(this::readOn, PAUSE_MS);
    }

    private void readOn() {
        if (!ended) goOn();
    }

    /** On the loop of the other topic. */
    private void publish(List<Bytes> bodies) {
        try {
            Receipt receipt = to.broker().publish(target, bodies, Durability.MEM, to.nowNs());
            if (receipt == null) published(null);
            else receipt.whenDurable(this::published);
        } catch (Refused e) {
            published(e.getMessage());
        }
    }

    private void published(String problem) {
        from.run(
                () -> {
                    if (ended) return;
                    if (problem != null) {
                        end(problem);
                        return;
                    }
                    batches++;
                    move.promised(from.nowNs());
                    goOn();
                });
    }

    private void end(String problem) {
        ended = true;
        move.end(from.nowNs());
        done.accept(new Result(move.moved(), move.waiting(), problem));
    }
}
