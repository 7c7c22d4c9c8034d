package io.sluice.nsqd.sim;

import static io.sluice.nsqd.sim.Checker.broken;

import io.sluice.nsqd.core.Move;
import io.sluice.nsqd.core.Refused;
import io.sluice.protocol.ChannelName;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** All moves that are under way in one life of a daemon. */
final class CrashMoves {
    private static final int ALL = 10_000;

    private final CrashWorld world;
    private final List<CrashTopic> topics;
    private final SplittableRandom random;
    private final List<CrashMove> underWay = new ArrayList<>();

    CrashMoves(CrashWorld world, List<CrashTopic> topics, SplittableRandom random) {
        this.world = world;
        this.topics = topics;
        this.random = random;
    }

    private boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    /** One begins, or goes on, or ends early. */
    void act() {
        try {
            if (underWay.isEmpty() || oneIn(8)) begin();
            else goOn(underWay.get(random.nextInt(underWay.size())));
        } catch (Refused e) {
            throw broken("refused: %s", e.getMessage());
        }
    }

    private void begin() throws Refused {
        int source = oneIn(4) ? 1 : 0;
        CrashTopic from = topics.get(source);
        CrashTopic to = topics.get(1 - source);
        ChannelName channel = CrashWorld.NAMES.get(random.nextInt(CrashWorld.NAMES.size()));
        if (!from.ledger.has(channel)) return;
        int count = oneIn(2) ? 1 + random.nextInt(10) : ALL;
        world.say("move %d of %s:%s to %s", count, from, channel, to);
        int timeoutMs = 1 + random.nextInt(200);
        Move move = Move.begin(world.broker(), from.name, channel, count, world.client(timeoutMs));
        underWay.add(new CrashMove(world, from, to, channel, move));
    }

    private void goOn(CrashMove move) throws Refused {
        if (oneIn(20)) move.end();
        else move.goOn();
        underWay.removeIf(one -> one.ended);
    }

    /** The daemon dies, and they with it. */
    void die() {
        underWay.forEach(CrashMove::die);
        underWay.clear();
    }
}
