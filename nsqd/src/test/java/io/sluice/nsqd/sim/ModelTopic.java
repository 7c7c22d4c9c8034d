package io.sluice.nsqd.sim;

import static io.sluice.nsqd.sim.Checker.broken;

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

    ModelTopic(TopicName name, Model model) {
        this.name = name;
        this.model = model;
        held = model.settings.heldUntilOpened();
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

    private boolean flows() {
        return isOpen() && backlog.isEmpty();
    }

    boolean refuses(int count) {
        if (!flows()) return !name.isEphemeral() && backlog.size() + count > limit();
        return channelRefuses(count);
    }

    private boolean channelRefuses(int count) {
        for (ModelChannel channel : channels.values()) {
            if (!channel.name.isEphemeral() && channel.held() + count > limit()) return true;
        }
        return false;
    }

    void publish(List<Published> messages, long nowNs) {
        for (Published message : messages) {
            messageCount++;
            messageBytes += message.body().length();
            count(Happening.ACCEPTED);
            if (flows()) {
                channels.values().forEach(channel -> channel.put(message, nowNs));
            } else if (name.isEphemeral() && backlog.size() >= limit()) {
                count(Happening.DROPPED_BY_TOPIC);
                droppedCount++;
            } else {
                backlog.add(message);
            }
        }
    }

    void drain(long nowNs) {
        while (isOpen() && !backlog.isEmpty()) {
            if (channelRefuses(1)) {
                count(Happening.BACKLOG_STALLED);
                return;
            }
            Published message = backlog.remove();
            channels.values().forEach(channel -> channel.put(message, nowNs));
        }
    }
}
