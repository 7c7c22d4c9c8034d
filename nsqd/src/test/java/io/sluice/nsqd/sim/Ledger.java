package io.sluice.nsqd.sim;

import static io.sluice.nsqd.sim.Checker.broken;

import io.sluice.nsqd.core.Delivery;
import io.sluice.nsqd.core.Durability;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.MessageId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a daemon owes to whom, over all its lives: a plain record of what was promised, which knows
 * nothing of memory, and of logs only what they promise.
 */
final class Ledger {
    private enum Fate {
        /** It must come until it is finished. */
        OWED,
        /** It may come. */
        POSSIBLE,
        /** It must not come again. */
        GONE
    }

    /** A message in a channel. */
    private static final class Debt {
        final Message message;
        Fate fate = Fate.OWED;

        /** Not to come before. */
        long dueNs;

        int attempts;

        /** What the log must have kept for this to be true after a crash; -1 before a turn ends. */
        long changedAt = -1;

        /** What the log must have kept for it to be owed after a crash; likewise. */
        long owedAt;

        Debt(Message message) {
            this.message = message;
            dueNs = message.dueNs;
            if (message.doubtful) fate = Fate.POSSIBLE;
        }
    }

    private static final class Message {
        final int number;
        final long timestampNs;
        final long dueNs;
        boolean acknowledged;
        boolean logged;

        /** True when it may have been lost before a channel got it. */
        boolean doubtful;

        MessageId id;

        Message(int number, long timestampNs, long dueNs) {
            this.number = number;
            this.timestampNs = timestampNs;
            this.dueNs = dueNs;
        }
    }

    private final Crash crash;
    private final Map<Integer, Message> messages = new TreeMap<>();
    private final Map<MessageId, Integer> numbers = new HashMap<>();
    private final Map<ChannelName, Map<Integer, Debt>> channels = new TreeMap<>();

    /** What the topic holds back. */
    private final Map<Integer, Message> backlog = new TreeMap<>();

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
        else channels.values().forEach(debts -> debts.put(message.number, new Debt(message)));
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
                Debt debt = new Debt(message);
                debt.owedAt = -1;
                debts.put(message.number, debt);
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
            debt.fate = vague ? Fate.POSSIBLE : Fate.GONE;
            debt.changedAt = end;
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
        Debt debt = channels.get(channel).get(number);
        if (debt == null) {
            if (!vague) throw broken("%s was never for it", what);
            debt = new Debt(message);
            debt.fate = Fate.POSSIBLE;
            channels.get(channel).put(number, debt);
        }
        if (debt.fate == Fate.GONE) throw broken("%s comes again", what);
        if (nowNs < debt.dueNs) throw broken("%s comes before it is due", what);
        if (delivery.attempts() <= debt.attempts) {
            throw broken("%s: attempt %d after %d", what, delivery.attempts(), debt.attempts);
        }
        debt.attempts = delivery.attempts();
    }

    void finished(ChannelName channel, int number) {
        Debt debt = channels.get(channel).get(number);
        debt.fate = Fate.GONE;
        debt.changedAt = -1;
    }

    void requeued(ChannelName channel, int number, long dueNs) {
        Debt debt = channels.get(channel).get(number);
        debt.dueNs = dueNs;
        debt.changedAt = -1;
    }

    /** A turn has ended, and with it the log. */
    void turnEnds(long end) {
        for (Map<Integer, Debt> debts : channels.values()) {
            for (Debt debt : debts.values()) {
                if (debt.changedAt < 0) debt.changedAt = end;
                if (debt.owedAt < 0) debt.owedAt = end;
            }
        }
    }

    /** The daemon ends; of its log everything before {@code kept} is safe. */
    void crash(long kept) {
        if (crash.isStop()) return;
        vague |= !crash.keepsLog();
        for (Message message : backlog.values()) message.doubtful |= !isSafe(message);
        for (Map<Integer, Debt> debts : channels.values()) {
            for (Debt debt : debts.values()) crash(debt, kept);
        }
    }

    private void crash(Debt debt, long kept) {
        boolean journalled = crash.durability != Durability.MEM;
        boolean known = journalled && debt.changedAt >= 0 && debt.changedAt <= kept;
        debt.attempts = 0;
        if (!known) debt.dueNs = debt.message.dueNs;
        if (debt.fate == Fate.GONE && !known) debt.fate = Fate.POSSIBLE;
        boolean released = crash.keepsLog() || debt.owedAt >= 0 && debt.owedAt <= kept;
        boolean safe = released && isSafe(debt.message);
        if (debt.fate == Fate.OWED && !safe) debt.fate = Fate.POSSIBLE;
    }

    private boolean isSafe(Message message) {
        return crash == Crash.KILL_AT_MEM ? message.logged : message.acknowledged;
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
