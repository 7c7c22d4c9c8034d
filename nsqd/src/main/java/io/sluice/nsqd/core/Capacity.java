package io.sluice.nsqd.core;

import io.sluice.protocol.Bytes;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.TopicName;
import java.util.List;
import java.util.Map;

/** Whether a topic can take messages, and whether memory can. */
final class Capacity {
    private final TopicName name;
    private final BrokerSettings settings;
    private final TopicStore store;
    private final Backlog backlog;
    private final Map<ChannelName, Channel> channels;

    /** Of the topic that has these. */
    Capacity(
            TopicName name,
            BrokerSettings settings,
            TopicStore store,
            Backlog backlog,
            Map<ChannelName, Channel> channels) {
        this.name = name;
        this.settings = settings;
        this.store = store;
        this.backlog = backlog;
        this.channels = channels;
    }

    /** What memory has room for in the backlog, which channels that do not drop will take over. */
    int ofBacklog() {
        int held = 0;
        for (Channel channel : channels.values()) {
            if (channel.name().isEphemeral()) continue;
            held = Math.max(held, channel.waiting().held());
        }
        return backlog.room(held);
    }

    /** What memory has room for in every channel; those that drop do not count. */
    int ofChannels(boolean deferred) {
        int room = Integer.MAX_VALUE;
        for (Channel channel : channels.values()) {
            if (channel.name().isEphemeral()) continue;
            room = Math.min(room, channel.waiting().room(deferred));
        }
        return room;
    }

    /** For messages that memory has no room for, or that must be in the log. */
    void requireRoom(List<Bytes> bodies) throws Refused {
        long bytes = 0;
        for (Bytes body : bodies) bytes += body.length();
        String refusal = store.log().refusal(bodies.size(), bytes);
        if (refusal != null) throw new Refused(refusal);
    }

    /** Likewise without a log: what is ephemeral itself drops, other channels refuse. */
    void requireRoomInChannels(int count, boolean deferred) throws Refused {
        for (Channel channel : channels.values()) {
            boolean fits = channel.waiting().room(deferred) >= count;
            if (channel.name().isEphemeral() || fits) continue;
            if (!store.budget().hasRoom()) {
                long limit = settings.memory().bytes();
                throw new Refused(
                        "no room for more messages in memory, limit %d bytes (%s)"
                                .formatted(limit, "--mem-queue-bytes"));
            }
            throw new Refused(
                    "channel %s:%s holds %d messages and has no room for %d, limit %d (%s)"
                            .formatted(
                                    name,
                                    channel.name(),
                                    channel.waiting().held(),
                                    count,
                                    settings.memory().queueSize(),
                                    "--mem-queue-size"));
        }
    }

    /** For when limits refuse what is new. */
    void requireBelowLimits(int count) throws Refused {
        BacklogLimits limits = settings.backlog();
        if (limits.bytes() > 0 && store.stats().diskBytes() >= limits.bytes()) {
            String limit = limits.bytes() + " (--max-backlog-bytes)";
            throw new Refused("topic " + name + " has its bytes on disk, limit " + limit);
        }
        if (limits.messages() == 0) return;
        requireBelow(limits, "topic " + name, backlog.size(), count);
        for (Channel channel : channels.values()) {
            String where = "channel " + name + ":" + channel.name();
            requireBelow(limits, where, channel.waiting().size(), count);
        }
    }

    private static void requireBelow(BacklogLimits limits, String where, long size, int count)
            throws Refused {
        if (size + count <= limits.messages()) return;
        String limit = limits.messages() + " (--max-backlog-messages)";
        throw new Refused(where + " has " + size + " messages waiting, limit " + limit);
    }
}
