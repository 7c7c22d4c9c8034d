package io.sluice.nsqd.sim;

import io.sluice.nsqd.core.RequeueNow;
import io.sluice.protocol.ChannelName;
import java.util.Map;
import java.util.SplittableRandom;

/** Makes, pauses, empties and deletes channels, and does likewise with their topic. */
final class CrashOperator {
    private final CrashWorld world;
    private final CrashTopic topic;
    private final SplittableRandom random;

    CrashOperator(CrashWorld world, CrashTopic topic, SplittableRandom random) {
        this.world = world;
        this.topic = topic;
        this.random = random;
    }

    void act() {
        ChannelName channel = CrashWorld.NAMES.get(random.nextInt(CrashWorld.NAMES.size()));
        int kind = random.nextInt(10);
        if (kind == 0) {
            world.say("empty %s", topic);
            world.broker().emptyTopic(topic.name);
            topic.ledger.emptyTopic();
        } else if (kind < 4) {
            pause(!topic.ledger.paused && random.nextBoolean());
        } else if (!topic.ledger.has(channel)) {
            world.say("create %s:%s", topic, channel);
            topic.ledger.create(channel);
            world.broker().createChannel(topic.name, channel, world.nowNs());
        } else if (kind == 4) {
            world.say("delete %s:%s", topic, channel);
            world.broker().deleteChannel(topic.name, channel, world.nowNs());
            topic.ledger.delete(channel);
            topic.pausedChannels.remove(channel);
            world.forgetClosed();
        } else if (kind == 5) {
            world.say("empty %s:%s", topic, channel);
            topic.ledger.emptyChannel(channel, topic.log().end() + 1);
            world.broker().emptyChannel(topic.name, channel, world.nowNs());
        } else if (kind < 8) {
            pause(channel, !topic.pausedChannels.contains(channel) && random.nextBoolean());
        } else {
            hurry(channel);
        }
    }

    private void hurry(ChannelName channel) {
        int count = random.nextBoolean() ? 1 + random.nextInt(20) : Integer.MAX_VALUE;
        world.say("requeue %d of what is deferred in %s:%s", count, topic, channel);
        Map<Integer, Debt> debts = topic.ledger.hurry(channel, world.nowNs());
        RequeueNow.start(
                world.broker(),
                topic.name,
                channel,
                count,
                world.nowNs(),
                result -> {
                    world.say("%s:%s has requeued: %s", topic, channel, result);
                    boolean all = result.left() == 0;
                    topic.ledger.hurried(channel, debts, all, world.nowNs());
                    if (all && result.requeued() > 0) world.tally.add(Happening.HURRIED);
                });
    }

    void pause(boolean pauses) {
        world.say("%s %s", pauses ? "pause" : "unpause", topic);
        topic.ledger.paused = pauses;
        topic.ledger.release();
        if (pauses) world.broker().pauseTopic(topic.name, world.nowNs());
        else world.broker().unpauseTopic(topic.name, world.nowNs());
    }

    void pause(ChannelName channel, boolean pauses) {
        world.say("%s %s:%s", pauses ? "pause" : "unpause", topic, channel);
        if (pauses) topic.pausedChannels.add(channel);
        else topic.pausedChannels.remove(channel);
        if (pauses) world.broker().pauseChannel(topic.name, channel);
        else world.broker().unpauseChannel(topic.name, channel, world.nowNs());
    }
}
