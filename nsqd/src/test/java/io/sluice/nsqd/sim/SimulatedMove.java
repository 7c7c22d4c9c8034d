package io.sluice.nsqd.sim;

import static io.sluice.nsqd.sim.Checker.broken;
import static io.sluice.nsqd.sim.Checker.same;

import io.sluice.nsqd.core.ClientSettings;
import io.sluice.nsqd.core.Durability;
import io.sluice.nsqd.core.Move;
import io.sluice.nsqd.core.Receipt;
import io.sluice.nsqd.core.Refused;
import io.sluice.protocol.Bytes;
import io.sluice.protocol.TopicName;
import java.util.ArrayList;
import java.util.List;

/**
 * A move that goes on when it is told to: much may happen between its steps. In the other topic a
 * message has a number of its own, as it is a new one there.
 */
final class SimulatedMove {
    /** What the core has under way at the most. */
    private static final int BATCH = 100;

    boolean ended;
    private final World world;
    private final Node from;
    private final ModelChannel channel;
    private final TopicName target;
    private final Move move;
    private final ModelConsumer consumer;
    private int left;
    private long moved;

    /** What it has taken that was not promised yet. */
    private List<Copy> batch = List.of();

    /** Where that was published; null before. */
    private ModelTopic published;

    /** Null when the channel must have no more consumers, and has said so. */
    static SimulatedMove begin(
            World world, ModelChannel channel, TopicName target, ClientSettings client) {
        Node from = world.owner(channel.topic.name);
        int count = world.oneIn(3) ? 1 + world.random.nextInt(5) : Integer.MAX_VALUE;
        boolean refused = from.model.refusesConsumer(channel);
        world.say("client %d moves %d of %s to %s", client.connection(), count, channel, target);
        from.touched.add(channel.topic.name);
        try {
            Move move = Move.begin(from.broker, channel.topic.name, channel.name, count, client);
            if (refused) throw broken("%s: one consumer too many", channel);
            return new SimulatedMove(world, channel, target, move, client, count);
        } catch (Refused e) {
            same(channel, "refused", true, refused);
            return null;
        }
    }

    private SimulatedMove(
            World world,
            ModelChannel channel,
            TopicName target,
            Move move,
            ClientSettings client,
            int count) {
        this.world = world;
        from = world.owner(channel.topic.name);
        this.channel = channel;
        this.target = target;
        this.move = move;
        left = count;
        consumer = new ModelConsumer(client, channel, true);
        channel.consumers.add(consumer);
    }

    void goOn() {
        if (batch.isEmpty()) next();
        else if (published == null) publish();
        else promised();
    }

    private void settle() {
        from.settle(channel.topic.name, world.nowNs);
    }

    private void next() {
        long most = consumer.gone ? 0 : Math.min(left, BATCH);
        long atLeast = Math.min(most, channel.waiting.leastInMemory());
        long atMost = Math.min(most, channel.waiting.mostInMemory());
        List<Integer> numbers = new ArrayList<>();
        for (Bytes body : move.next(world.nowNs)) numbers.add(Published.number(body));
        world.say("%s takes %s", consumer, numbers);
        if (numbers.size() < atLeast || numbers.size() > atMost) {
            throw broken("%s: not %d to %d: %s", consumer, atLeast, atMost, numbers);
        }
        settle();
        batch = channel.takeAway(numbers, consumer, world.nowNs);
        left -= batch.size();
        if (channel.paused && !batch.isEmpty()) count(Happening.MOVED_WHILE_PAUSED);
        if (channel.waiting.heldBack() == 0) {
            boolean over = consumer.gone || left == 0 || channel.waiting.queued.isEmpty();
            same(consumer, "over", move.isOver(), over);
        }
        if (batch.isEmpty() && move.isOver()) end();
    }

    private void publish() {
        Node to = world.owner(target);
        List<Published> copies = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) copies.add(world.message(0));
        List<Bytes> bodies = copies.stream().map(Published::body).toList();
        world.say("%s publishes %s as %s", consumer, batch, bodies);
        Publishing publishing = new Publishing(to, target, copies, false);
        Receipt receipt;
        try {
            receipt = to.broker.publish(target, bodies, Durability.MEM, world.nowNs);
        } catch (Refused e) {
            publishing.refused(consumer);
            count(Happening.MOVE_REFUSED);
            end();
            return;
        }
        published = publishing.topic;
        publishing.accepted(consumer, receipt, world.nowNs);
    }

    /** The other topic may be gone by now: what it has promised, it had. */
    private void promised() {
        world.say("%s has the promise for %s", consumer, batch);
        if (world.owner(target).model.topics.get(target) != published) {
            count(Happening.MOVED_TO_DELETED);
        } else if (published.paused) {
            count(Happening.MOVED_TO_PAUSED);
        }
        move.promised(world.nowNs);
        settle();
        for (Copy copy : batch) {
            if (copy.isWith(consumer)) {
                channel.finish(copy, world.nowNs);
                moved++;
                count(Happening.MOVED);
            } else {
                boolean emptied = copy.state == Copy.State.EMPTIED;
                count(emptied ? Happening.EMPTIED_MEANWHILE : Happening.IN_BOTH);
            }
        }
        same(consumer, "moved", move.moved(), moved);
        batch = List.of();
        published = null;
    }

    /** It gives up, or has nothing more to do. */
    void end() {
        world.say("%s ends", consumer);
        if (batch.stream().anyMatch(copy -> copy.isWith(consumer))) {
            count(Happening.MOVE_LEFT_MESSAGES);
        }
        if (consumer.gone) count(Happening.MOVE_LOST_CHANNEL);
        from.touched.add(channel.topic.name);
        move.end(world.nowNs);
        settle();
        from.model.leave(consumer, world.nowNs);
        same(consumer, "moved", move.moved(), moved);
        same(consumer, "over", move.isOver(), true);
        ended = true;
    }

    private void count(Happening happening) {
        world.tally.add(happening);
    }
}
