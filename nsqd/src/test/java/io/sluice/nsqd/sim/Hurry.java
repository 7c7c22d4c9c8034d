package io.sluice.nsqd.sim;

import static io.sluice.nsqd.sim.Checker.broken;
import static io.sluice.nsqd.sim.Checker.same;

import io.sluice.nsqd.core.LogEntry.ChannelState;
import io.sluice.nsqd.core.PeekedMessage;
import io.sluice.nsqd.core.RequeueNow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Deferred messages of a channel are requeued, all of them or some. Which those are depends on what
 * is in memory: of that the model learns what the core says, and whether it may be.
 */
final class Hurry {
    /** More than a channel has. */
    private static final int ALL = 10_000;

    private final World world;
    private final Node node;
    private final ModelChannel channel;

    Hurry(World world, Node node, ModelChannel channel) {
        this.world = world;
        this.node = node;
        this.channel = channel;
    }

    /** Does nothing while it is not known which of them the channel has read. */
    void act() {
        // What is due or being read is not deferred any more.
        node.tick(world.nowNs);
        List<Copy> deferred = List.copyOf(channel.waiting.deferred);
        if (deferred.isEmpty() || channel.waiting.heldBack() > 0) return;
        int count = world.oneIn(2) ? ALL : 1 + world.random.nextInt(deferred.size());
        world.say("requeue %d of what is deferred in %s", count, channel);
        Set<Integer> inMemory = inMemory();
        List<RequeueNow.Result> results = new ArrayList<>();
        RequeueNow.start(
                node.broker, channel.topic.name, channel.name, count, world.nowNs, results::add);
        node.settle(channel.topic.name, world.nowNs);
        int requeued = Math.min(count, deferred.size());
        int left = deferred.size() - requeued;
        RequeueNow.Result result = new RequeueNow.Result(requeued, left);
        same(channel, "what was requeued", results, List.of(result));
        Set<Integer> stay = inMemory();
        stay.addAll(inLog());
        List<Copy> hurried = deferred.stream().filter(c -> !stay.contains(number(c))).toList();
        same(channel, "what is no longer deferred", hurried.size(), requeued);
        checkOrder(deferred, hurried, inMemory);
        hurried.forEach(copy -> copy.hurry(world.nowNs));
        channel.tick(world.nowNs);
        world.tally.add(left == 0 ? Happening.HURRIED : Happening.HURRIED_SOME);
    }

    private static int number(Copy copy) {
        return copy.message.number();
    }

    private Set<Integer> inMemory() {
        Set<Integer> numbers = new HashSet<>();
        node.broker.peek(
                channel.topic.name,
                channel.name,
                ALL,
                peeked -> {
                    for (PeekedMessage message : peeked) {
                        if (message.state() != PeekedMessage.State.DEFERRED) continue;
                        numbers.add(Published.number(message.body()));
                    }
                });
        node.answer(world.nowNs);
        return numbers;
    }

    private Set<Integer> inLog() {
        Set<Integer> numbers = new HashSet<>();
        SimulatedLog log = node.logs.get(channel.topic.name);
        if (log == null) return numbers;
        for (ChannelState state : log.state().channels()) {
            if (!state.channel().equals(channel.name)) continue;
            numbers.addAll(new LogContents(log.entries).deferred(state));
        }
        return numbers;
    }

    /** Those in memory come first, the earliest first. */
    private void checkOrder(List<Copy> deferred, List<Copy> hurried, Set<Integer> inMemory) {
        List<Copy> stay = new ArrayList<>(deferred);
        stay.removeAll(hurried);
        boolean allOfMemory = hurried.size() >= inMemory.size();
        List<Copy> first = allOfMemory ? hurried : stay;
        // None that is in the log, or that stays, is where it must not be.
        long inIt = first.stream().filter(copy -> inMemory.contains(number(copy))).count();
        long expected = allOfMemory ? inMemory.size() : inMemory.size() - hurried.size();
        same(channel, "of memory", inIt, expected);
        boolean fromLog = hurried.size() > inMemory.size();
        long last = earliest(hurried, inMemory, fromLog);
        long next = earliest(stay, inMemory, fromLog);
        if (fromLog && last > next) throw broken("%s: not the earliest of its log", channel);
        if (!fromLog && latest(hurried) > next) throw broken("%s: not the earliest", channel);
    }

    private static long earliest(List<Copy> of, Set<Integer> inMemory, boolean inLog) {
        return of.stream()
                .filter(copy -> inLog != inMemory.contains(number(copy)))
                .mapToLong(copy -> copy.dueNs)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private static long latest(Collection<Copy> of) {
        return of.stream().mapToLong(copy -> copy.dueNs).max().orElseThrow();
    }
}
