package io.sluice.nsqd.sim;

import static io.sluice.nsqd.sim.Checker.same;

import io.sluice.nsqd.core.Durability;
import io.sluice.nsqd.core.Move;
import io.sluice.nsqd.core.Receipt;
import io.sluice.nsqd.core.Refused;
import io.sluice.protocol.Bytes;
import io.sluice.protocol.ChannelName;
import java.util.ArrayList;
import java.util.List;

/** A move in one life of a daemon, which goes on when it is told to. */
final class CrashMove {
    boolean ended;
    private final CrashWorld world;
    private final CrashTopic from;
    private final CrashTopic to;
    private final ChannelName channel;
    private final Move move;

    /** What it has taken that was not promised yet. */
    private List<Integer> batch = List.of();

    private boolean published;
    private boolean durable;

    CrashMove(CrashWorld world, CrashTopic from, CrashTopic to, ChannelName channel, Move move) {
        this.world = world;
        this.from = from;
        this.to = to;
        this.channel = channel;
        this.move = move;
    }

    void goOn() throws Refused {
        if (batch.isEmpty()) next();
        else if (!published) publish();
        else if (durable) promised();
    }

    private void next() {
        batch = new ArrayList<>();
        for (Bytes body : move.next(world.nowNs())) batch.add(Published.number(body));
        for (int number : batch) from.ledger.taken(channel, number, world.nowNs());
        if (batch.isEmpty() && move.isOver()) end();
        else world.say("move %s of %s:%s", batch, from, channel);
    }

    private void publish() throws Refused {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            numbers.add(to.ledger.publish(world.nowNs(), world.nowNs()));
        }
        List<Bytes> bodies = numbers.stream().map(Published::body).toList();
        world.say("publish them to %s as %s", to, numbers);
        published = true;
        Receipt receipt = world.broker().publish(to.name, bodies, Durability.MEM, world.nowNs());
        if (receipt == null) keeps(numbers);
        else receipt.whenDurable(why -> keeps(numbers));
    }

    private void keeps(List<Integer> numbers) {
        numbers.forEach(to.ledger::acknowledged);
        durable = true;
    }

    /** Those of a batch have the same time: they have timed out together, or did not. */
    private void promised() {
        long before = move.moved();
        move.promised(world.nowNs());
        long moved = move.moved() - before;
        world.say("%d of %s:%s were moved", moved, from, channel);
        if (moved > 0) {
            same(channel, "moved", moved, (long) batch.size());
            for (int number : batch) from.ledger.finished(channel, number);
        }
        world.tally.add(moved > 0 ? Happening.MOVED : Happening.IN_BOTH);
        batch = List.of();
        published = false;
        durable = false;
    }

    /** It gives up, or has nothing more to do. */
    void end() {
        world.say("the move of %s:%s ends", from, channel);
        move.end(world.nowNs());
        ended = true;
    }

    /** The daemon dies. */
    void die() {
        if (published) world.tally.add(Happening.MOVE_LEFT_MESSAGES);
    }
}
