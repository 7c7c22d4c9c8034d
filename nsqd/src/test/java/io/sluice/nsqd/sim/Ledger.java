package io.sluice.nsqd.sim;

import static io.sluice.nsqd.sim.Checker.broken;

import io.sluice.nsqd.core.Delivery;
import io.sluice.nsqd.sim.Debt.Fate;
import io.sluice.nsqd.sim.Debt.Message;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.MessageId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a daemon owes to whom, over all its lives: a plain record of what was promised, which knows
 * nothing of memory, and of logs only what they promise.
 */
final class Ledger {
    private final Crash crash;
    private final Map<Integer, Message> messages = new TreeMap<>();
    private final Map<MessageId, Integer> numbers = new HashMap<>();
    private final Map<ChannelName, Map<Integer, Debt>> channels = new TreeMap<>();

    /** What the topic holds back. */
    private final Map<Integer, Message> backlog = new TreeMap<>();

    /** Whose deferred messages are being requeued, as often as they are. */
    private final List<ChannelName> hurrying = new ArrayList<>();

    /** Whose deferred messages were requeued, perhaps also some that are not known to be there. */
    private final Set<ChannelName> onceHurried = new TreeSet<>();

    /** True once it is not certain any more who has what. */
    private boolean vague;

    boolean paused;

    Ledger(Crash crash) {
        this.crash = crash;
    }

    List<ChannelName> channels() {
        return List.copyOf(channels.keySet());
    }

    boolean has(ChannelName channel) {
        return channels.containsKey(channel);
    }

    int publish(long nowNs, long dueNs) {
        Message message = new Message(messages.size(), nowNs, dueNs);
        messages.put(message.number, message);
        if (paused || channels.isEmpty()) backlog.put(message.number, message);
        else
            channels.values().forEach(debts -> debts.put(message.number, new Debt(message, false)));
        return message.number;
    }

    void acknowledged(int number) {
        messages.get(number).acknowledged = true;
    }

    /** It is in the log for everybody who has to deliver it. */
    void logged(int number) {
        messages.get(number).logged = true;
    }

    void create(ChannelName channel) {
        channels.put(channel, new TreeMap<>());
        release();
    }

    void delete(ChannelName channel) {
        channels.remove(channel);
    }

    void release() {
        if (paused || channels.isEmpty()) return;
        for (Map<Integer, Debt> debts : channels.values()) {
            for (Message message : backlog.values()) {
                debts.put(message.number, new Debt(message, true));
            }
        }
        backlog.clear();
    }

    void emptyTopic() {
        backlog.clear();
        if (!vague) return;
        for (Map<Integer, Debt> debts : channels.values()) {
            for (Debt debt : debts.values()) if (debt.fate == Fate.OWED) debt.fate = Fate.POSSIBLE;
        }
    }

    void emptyChannel(ChannelName channel, long end) {
        for (Debt debt : channels.get(channel).values()) {
            debt.emptied(vague ? Fate.POSSIBLE : Fate.GONE, end);
        }
    }

    /** A message came; {@code number} is what its body says. */
    void push(ChannelName channel, int number, Delivery delivery, long nowNs) {
        String what = channel + ": m" + number;
        Message message = messages.get(number);
        if (message.id == null) {
            message.id = delivery.id();
            Integer other = numbers.put(delivery.id(), number);
            if (other != null) throw broken("%s has the id of m%d", what, other);
        }
        Checker.same(what, "id", delivery.id(), message.id);
        Checker.same(what, "time", delivery.timestampNs(), message.timestampNs);
        Debt debt = comes(channel, message, nowNs);
        if (delivery.attempts() <= debt.attempts) {
            throw broken("%s: attempt %d after %d", what, delivery.attempts(), debt.attempts);
        }
        debt.attempts = delivery.attempts();
    }

    /** A move takes it. */
    void taken(ChannelName channel, int number, long nowNs) {
        comes(channel, messages.get(number), nowNs);
    }

    private Debt comes(ChannelName channel, Message message, long nowNs) {
        String what = channel + ": m" + message.number;
        Debt debt = channels.get(channel).get(message.number);
        if (debt == null) {
            if (!vague) throw broken("%s was never for it", what);
            debt = new Debt(message, false);
            debt.fate = Fate.POSSIBLE;
            if (onceHurried.contains(channel)) debt.mayComeNow(nowNs);
            channels.get(channel).put(message.number, debt);
        }
        if (debt.fate == Fate.GONE) throw broken("%s comes again", what);
        boolean hurried = hurrying.contains(channel);
        if (!hurried && debt.isEarly(nowNs)) throw broken("%s comes before it is due", what);
        return debt;
    }

    void finished(ChannelName channel, int number) {
        channels.get(channel).get(number).finished();
    }

    void requeued(ChannelName channel, int number, long dueNs) {
        channels.get(channel).get(number).requeued(dueNs);
    }

    /** Deferred messages of a channel may come from now on; until it is over, also new ones. */
    Map<Integer, Debt> hurry(ChannelName channel, long nowNs) {
        hurrying.add(channel);
        onceHurried.add(channel);
        mayComeNow(channel, nowNs);
        return channels.get(channel);
    }

    private void mayComeNow(ChannelName channel, long nowNs) {
        Map<Integer, Debt> debts = channels.getOrDefault(channel, Map.of());
        for (Debt debt : debts.values()) debt.mayComeNow(nowNs);
    }

    /**
     * That is over.
     *
     * @param debts what {@link #hurry} has returned
     * @param all true when nothing is deferred any more
     */
    void hurried(ChannelName channel, Map<Integer, Debt> debts, boolean all, long nowNs) {
        hurrying.remove(channel);
        mayComeNow(channel, nowNs);
        // The channel may be another one of this name by now.
        if (!all || channels.get(channel) != debts) return;
        for (Debt debt : debts.values()) debt.waitsNow(nowNs);
    }

    /** What a log that is found says: until when a message of a channel will be deferred. */
    void checkDeferred(ChannelName channel, int number, long untilNs) {
        Debt debt = channels.get(channel).get(number);
        if (debt == null || !debt.isLate(untilNs)) return;
        throw broken("%s: m%d is deferred again", channel, number);
    }

    /** A turn has ended, and with it the log. */
    void turnEnds(long end) {
        for (Map<Integer, Debt> debts : channels.values()) {
            for (Debt debt : debts.values()) debt.turnEnds(end);
        }
    }

    /** The daemon ends; of its log everything before {@code kept} is safe. */
    void crash(long kept, long nowNs) {
        for (ChannelName channel : hurrying) mayComeNow(channel, nowNs);
        hurrying.clear();
        if (crash.isStop()) return;
        vague |= !crash.keepsLog();
        for (Message message : backlog.values()) message.doubtful |= !message.isSafe(crash);
        for (Map<Integer, Debt> debts : channels.values()) {
            for (Debt debt : debts.values()) debt.crash(crash, kept);
        }
    }

    /** A message can't be read any more, by a daemon that is to start. */
    void damaged(int number) {
        backlog.remove(number);
        for (Map<Integer, Debt> debts : channels.values()) {
            Debt debt = debts.get(number);
            if (debt != null) debt.fate = Fate.GONE;
        }
    }

    /** After a stop, nothing is missing and nothing is there twice. */
    long owed(ChannelName channel) {
        Map<Integer, Debt> debts = channels.get(channel);
        return debts.values().stream().filter(debt -> debt.fate == Fate.OWED).count();
    }

    long heldBack() {
        return backlog.size();
    }

    /** Everything has been delivered that there is. */
    void checkPaid() {
        List<String> unpaid = new ArrayList<>();
        channels.forEach(
                (channel, debts) -> {
                    for (Debt debt : debts.values()) {
                        if (debt.fate != Fate.OWED) continue;
                        unpaid.add(channel + ": m" + debt.message.number);
                    }
                });
        if (!unpaid.isEmpty()) throw broken("lost: %s", unpaid);
    }
}
