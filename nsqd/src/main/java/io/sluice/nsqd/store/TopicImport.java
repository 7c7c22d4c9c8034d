package io.sluice.nsqd.store;

import io.sluice.nsqd.core.LogEntry;
import io.sluice.nsqd.core.LogEntry.ChannelState;
import io.sluice.nsqd.core.LogEntry.Reach;
import io.sluice.nsqd.core.LogEntry.Ref;
import io.sluice.nsqd.core.LogEntry.TopicState;
import io.sluice.nsqd.core.TopicLog;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.Message;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Puts the queues of a topic of NSQ, one behind the other, into the topic's log. A queue is read
 * later by its channel's cursor, and the others pass over it, so that memory holds two numbers for
 * it however long it is:
 *
 * <pre>
 * log    | queue of a | queue of b | what the topic itself had |
 * a        ^ cursor     done         for a
 * b                     ^ cursor     for b
 * c                                  ^ cursor
 * </pre>
 *
 * <p>Messages that were delivered before are referred to one by one, with their attempts.
 */
final class TopicImport {
    /** Of a channel. What comes behind them is taken as never delivered. */
    static final int MAX_REFS = 100_000;

    private final TopicLog log;
    private final TopicState base;
    private final long nowNs;
    private final Map<ChannelName, ImportedChannel> channels = new TreeMap<>();
    private final ImportedChannel backlog;
    private final int maxRefs;

    /** The queue that is being read; null for the topic's own. */
    private ChannelName queue;

    private long queueStart;
    private long reachedNs;
    private long forgottenAttempts;

    /**
     * An import behind what {@code base} says.
     *
     * @param known channels that there are, in the state or not
     * @param nowNs no message is from later
     */
    TopicImport(
            TopicLog log, TopicState base, Collection<ChannelName> known, int maxRefs, long nowNs) {
        this.log = log;
        this.base = base;
        this.maxRefs = maxRefs;
        this.nowNs = nowNs;
        this.reachedNs = base.atNs();
        this.backlog = new ImportedChannel(base.backlog());
        for (ChannelState state : base.channels()) {
            channels.put(state.channel(), new ImportedChannel(state));
        }
        for (ChannelName name : known) {
            channels.computeIfAbsent(name, n -> new ImportedChannel(nothing(n, log.end())));
        }
        log.attach(this::state);
    }

    /** Nothing to deliver but what comes from {@code cursor} on. */
    static ChannelState nothing(ChannelName channel, long cursor) {
        return new ChannelState(channel, cursor, 0, List.of(), List.of(), List.of());
    }

    /** What is appended from here on is of this channel; of the topic itself when null. */
    void begin(ChannelName channel) {
        queue = channel;
        queueStart = log.end();
        forgottenAttempts = 0;
    }

    /** Appends the next message of the queue. */
    void append(Message message) {
        long timestampNs = Math.max(0, Math.min(nowNs, message.timestampNs()));
        reachedNs = Math.max(reachedNs, timestampNs);
        ImportedChannel owner = queue == null ? null : channels.get(queue);
        if (owner == null || message.attempts() == 0) {
            publish(message, timestampNs, owner);
        } else if (owner.refCount() < maxRefs) {
            long lsn = log.append(entry(Reach.ASIDE, message, timestampNs));
            owner.add(new Ref(lsn, message.attempts(), 0));
        } else {
            forgottenAttempts++;
            publish(message, timestampNs, owner);
        }
    }

    private void publish(Message message, long timestampNs, ImportedChannel owner) {
        long lsn = log.append(entry(Reach.PUBLISHED, message, timestampNs));
        boolean held = owner == null && base.holdsBack();
        if (held) backlog.add(lsn);
        else backlog.passOver(lsn, queueStart);
        for (ImportedChannel channel : channels.values()) {
            boolean isFor = owner == null ? !base.holdsBack() : channel == owner;
            if (isFor) channel.add(lsn);
            // What is held back is for all channels in the end: whoever gets there takes it.
            else if (!held || channel.isEmpty()) channel.passOver(lsn, queueStart);
        }
    }

    private static LogEntry.Message entry(Reach reach, Message message, long timestampNs) {
        return new LogEntry.Message(reach, message.id(), timestampNs, timestampNs, message.body());
    }

    /** Messages of this queue whose attempts are counted anew, because there were too many. */
    long forgottenAttempts() {
        return forgottenAttempts;
    }

    /** The queue is in the log: the log says so, and not only at the start of its next segment. */
    void end() {
        log.append(state());
    }

    private TopicState state() {
        List<ChannelState> states = new ArrayList<>();
        for (ImportedChannel channel : channels.values()) states.add(channel.state());
        return new TopicState(
                reachedNs, base.durability(), base.holdsBack(), backlog.state(), states);
    }
}
