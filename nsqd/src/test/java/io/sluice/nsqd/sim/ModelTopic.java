package io.sluice.nsqd.sim;

import static io.sluice.nsqd.sim.Checker.broken;

import io.sluice.nsqd.core.Durability;
import io.sluice.nsqd.core.MemoryLimits;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.MessageId;
import io.sluice.protocol.TopicName;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What must hold for a topic. */
final class ModelTopic {
    private static final Comparator<MessageId> ORDER =
            Comparator.comparingLong(MessageId::high).thenComparingLong(MessageId::low);

    final TopicName name;
    final Map<ChannelName, ModelChannel> channels = new TreeMap<>();
    final Deque<Published> backlog = new ArrayDeque<>();
    private final Model model;

    /** By number of the message: ids rise as numbers do. */
    private final TreeMap<Integer, MessageId> ids = new TreeMap<>();

    boolean held;
    boolean paused;
    long messageCount;
    long messageBytes;
    long droppedCount;

    /** Messages in the log only, when it was last looked at. */
    private long onDisk;

    ModelTopic(TopicName name, Model model) {
        this.name = name;
        this.model = model;
        held = model.settings.heldUntilOpened().getAsBoolean();
    }

    int limit() {
        return model.settings.memory().queueSize();
    }

    void count(Happening happening) {
        model.tally.add(happening);
    }

    /** A message has one id in all channels, and those of one topic rise. */
    void identify(Published message, MessageId id) {
        MessageId known = ids.putIfAbsent(message.number(), id);
        if (known != null) {
            if (!known.equals(id)) throw broken("%s: %s was %s", name, id, known);
            return;
        }
        Map.Entry<Integer, MessageId> before = ids.lowerEntry(message.number());
        Map.Entry<Integer, MessageId> after = ids.higherEntry(message.number());
        boolean rises = before == null || ORDER.compare(before.getValue(), id) < 0;
        if (after != null) rises &= ORDER.compare(id, after.getValue()) < 0;
        if (!rises) throw broken("%s: %s is not between %s and %s", name, id, before, after);
    }

    private boolean isOpen() {
        return !held && !paused && !channels.isEmpty();
    }

    /**
     * Whether the core must refuse so many messages; null when that depends on what it has in
     * memory.
     *
     * @param refusal what the log says to new messages; null when it takes them
     */
    Boolean refuses(int count, boolean deferred, String refusal) {
        if (name.isEphemeral()) return isOpen() && isFull(count, deferred);
        if (refusal == null) return false;
        if (model.settings.durability() != Durability.MEM) return true;
        if (!isOpen() || model.isShortOfBytes()) return null;
        for (ModelChannel channel : channels.values()) {
            if (!deferred && (channel.waiting.hasOverflowed() || channel.readsLog)) return null;
        }
        boolean full = isFull(count, deferred);
        return full && deferred ? null : Boolean.valueOf(full);
    }

    /** True when some channel that does not drop would have more than memory is for. */
    private boolean isFull(int count, boolean deferred) {
        MemoryLimits limits = model.settings.memory();
        for (ModelChannel channel : channels.values()) {
            if (channel.name.isEphemeral()) continue;
            if (deferred && channel.waiting.deferred.size() + count > limits.deferred())
                return true;
            if (!deferred && channel.waiting.queued.size() + count > limits.queueSize())
                return true;
        }
        return false;
    }

    void publish(List<Published> messages, long nowNs) {
        for (Published message : messages) {
            messageCount++;
            messageBytes += message.body().length();
            count(Happening.ACCEPTED);
            if (isOpen()) {
                channels.values().forEach(channel -> channel.put(message, nowNs));
            } else if (name.isEphemeral() && backlog.size() + fullest() >= limit()) {
                count(Happening.DROPPED_BY_TOPIC);
                droppedCount++;
            } else {
                backlog.add(message);
            }
        }
    }

    private int fullest() {
        return channels.values().stream()
                .filter(channel -> !channel.name.isEphemeral())
                .mapToInt(channel -> channel.waiting.size())
                .max()
                .orElse(0);
    }

    /** If it is open now, its channels take over what it held back. */
    void drain(long nowNs) {
        if (!isOpen() || backlog.isEmpty()) return;
        long inMemory = backlog.size() - onDisk;
        for (ModelChannel channel : channels.values()) {
            long taken = 0;
            for (Published message : backlog) {
                channel.takeOver(message, taken++ >= inMemory, nowNs);
            }
        }
        backlog.clear();
        onDisk = 0;
        channels.values().forEach(channel -> channel.dispatch(nowNs));
    }

    /** What it can't know by itself. */
    void observe(long newOnDisk) {
        if (newOnDisk > 0 && onDisk == 0) count(Happening.TOPIC_OVERFLOWED);
        onDisk = newOnDisk;
    }
}
