package io.sluice.nsqd.sim;

import io.sluice.protocol.ChannelName;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** Makes, pauses, empties and deletes channels, and pauses and empties their topic. */
final class CrashOperator {
    final TreeSet<ChannelName> pausedChannels = new TreeSet<>();
    private final CrashWorld world;
    private final SplittableRandom random;

    CrashOperator(CrashWorld world, SplittableRandom random) {
        this.world = world;
        this.random = random;
    }

    void act() {
        ChannelName channel = CrashWorld.NAMES.get(random.nextInt(CrashWorld.NAMES.size()));
        int kind = random.nextInt(10);
        if (kind == 0) {
            world.say("empty the topic");
            world.broker().emptyTopic(CrashWorld.TOPIC);
            world.ledger.emptyTopic();
        } else if (kind < 4) {
            pause(!world.ledger.paused && random.nextBoolean());
        } else if (!world.ledger.has(channel)) {
            world.say("create %s", channel);
            world.ledger.create(channel);
            world.broker().createChannel(CrashWorld.TOPIC, channel, world.nowNs());
        } else if (kind == 4) {
            world.say("delete %s", channel);
            world.broker().deleteChannel(CrashWorld.TOPIC, channel, world.nowNs());
            world.ledger.delete(channel);
            pausedChannels.remove(channel);
            world.forgetClosed();
        } else if (kind == 5) {
            world.say("empty %s", channel);
            world.ledger.emptyChannel(channel, world.end() + 1);
            world.broker().emptyChannel(CrashWorld.TOPIC, channel, world.nowNs());
        } else if (kind < 8) {
            pause(channel, !pausedChannels.contains(channel) && random.nextBoolean());
        }
    }

    void pause(boolean pauses) {
        world.say(pauses ? "pause" : "unpause");
        world.ledger.paused = pauses;
        world.ledger.release();
        if (pauses) world.broker().pauseTopic(CrashWorld.TOPIC, world.nowNs());
        else world.broker().unpauseTopic(CrashWorld.TOPIC, world.nowNs());
    }

    void pause(ChannelName channel, boolean pauses) {
        world.say("%s %s", pauses ? "pause" : "unpause", channel);
        if (pauses) pausedChannels.add(channel);
        else pausedChannels.remove(channel);
        if (pauses) world.broker().pauseChannel(CrashWorld.TOPIC, channel);
        else world.broker().unpauseChannel(CrashWorld.TOPIC, channel, world.nowNs());
    }
}
