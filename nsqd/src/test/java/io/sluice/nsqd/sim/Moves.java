package io.sluice.nsqd.sim;

import io.sluice.nsqd.core.ClientSettings;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.TopicName;
import java.util.ArrayList;
import java.util.List;

/** All moves that are under way in a world. */
final class Moves {
    private static final int MOST = 3;

    private final World world;
    private final List<SimulatedMove> underWay = new ArrayList<>();

    /** Of their consumers; no client has a number below 0. */
    private long connections;

    Moves(World world) {
        this.world = world;
    }

    void act() {
        boolean another = underWay.size() < MOST && world.oneIn(4);
        if (underWay.isEmpty() || another) begin();
        else goOn(world.any(underWay));
    }

    private void begin() {
        TopicName topic = world.any(world.topics);
        TopicName target = world.any(world.topics);
        ChannelName name = world.any(world.channels);
        ModelTopic source = world.owner(topic).model.topics.get(topic);
        if (source == null || topic.equals(target)) return;
        ModelChannel channel = source.channels.get(name);
        if (channel == null) return;
        int timeoutMs = 1 + world.random.nextInt(world.oneIn(2) ? 10 : 100);
        ClientSettings client = World.client(--connections, world.nowNs, timeoutMs);
        SimulatedMove move = SimulatedMove.begin(world, channel, target, client);
        if (move != null) underWay.add(move);
    }

    private void goOn(SimulatedMove move) {
        if (world.oneIn(12)) move.end();
        else move.goOn();
        underWay.removeIf(one -> one.ended);
    }

    /** Some go on a little; then all end. */
    void end() {
        for (SimulatedMove move : underWay) {
            if (world.oneIn(2)) move.goOn();
            if (!move.ended) move.end();
        }
        underWay.clear();
    }
}
