package io.sluice.nsqd.net;

import io.sluice.nsqd.core.ClientSettings;
import io.sluice.protocol.Command;
import io.sluice.protocol.TopicName;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * A connection's commands on their way to the loops that own their topics, and the answers on their
 * way back, which come in the order of commands.
 */
final class Lanes {
    private final Connection connection;
    private final Loops loops;
    private final Lane[] lanes;
    private final Queue<Segment> underWay = new ArrayDeque<>();
    private Lane subscription;
    private Lane openLane;
    private Segment open;

    Lanes(Connection connection, Loops loops) {
        this.connection = connection;
        this.loops = loops;
        this.lanes = new Lane[loops.size()];
    }

    /** Takes a command that belongs to a topic's loop. */
    void add(Command command) {
        Lane lane = lane(command);
        if (open == null || lane != openLane) {
            submit();
            open = new Segment();
            openLane = lane;
        }
        open.add(command);
    }

    private Lane lane(Command command) {
        if (command instanceof Command.Pub c) return lane(c.topic());
        if (command instanceof Command.Mpub c) return lane(c.topic());
        if (command instanceof Command.Dpub c) return lane(c.topic());
        if (command instanceof Command.Sub c) subscription = lane(c.topic());
        return subscription;
    }

    private Lane lane(TopicName topic) {
        CoreLoop loop = loops.of(topic);
        Lane lane = lanes[loop.index()];
        if (lane == null) {
            lane = new Lane(connection, loop, this::answered);
            lanes[loop.index()] = lane;
        }
        return lane;
    }

    /** Sends the open segment on its way. */
    void submit() {
        if (open == null) return;
        Segment segment = open;
        open = null;
        underWay.add(segment);
        openLane.submit(segment);
    }

    /** An answer that needs no loop; it waits for those of earlier commands. */
    void answer(Segment segment) {
        submit();
        underWay.add(segment);
        answered(segment);
    }

    private void answered(Segment segment) {
        segment.done();
        while (!underWay.isEmpty() && underWay.peek().isDone()) {
            connection.answer(underWay.remove());
        }
        connection.pauseOrResume();
    }

    /** Segments whose answers have not come. */
    int underWay() {
        return underWay.size();
    }

    /** Answers that have not come are not wanted any more. */
    void abandon() {
        underWay.clear();
    }

    void identified(ClientSettings settings) {
        for (Lane lane : lanes) if (lane != null) lane.identified(settings);
    }

    /** So many bytes of messages have left. */
    void written(int bytes) {
        subscription.written(bytes);
    }

    void close() {
        for (Lane lane : lanes) if (lane != null) lane.close();
    }
}
