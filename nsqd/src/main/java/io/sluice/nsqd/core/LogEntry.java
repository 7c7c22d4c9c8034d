package io.sluice.nsqd.core;

import io.sluice.protocol.Bytes;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.MessageId;
import java.util.List;

/**
 * What a topic's log remembers. Entries are numbered without a gap in the order in which they are
 * appended; that number is called lsn here, as in "log sequence number".
 */
public sealed interface LogEntry {
    /** Who finds a message, and how. */
    enum Reach {
        /** Every channel whose cursor comes by; while the topic holds back, the topic itself. */
        PUBLISHED,
        /** Every channel that there is at this point of the log, at once, as deferred. */
        DEFERRED,
        /** Only who has a {@link Ref} to it. */
        ASIDE
    }

    /**
     * A message, once, however many channels have it to deliver.
     *
     * @param timestampNs when it was accepted
     * @param dueNs when it may be delivered; not later than {@code timestampNs} when at once
     */
    record Message(Reach reach, MessageId id, long timestampNs, long dueNs, Bytes body)
            implements LogEntry {}

    /** Messages that a channel will not deliver again. */
    record Finished(ChannelName channel, long[] lsns) implements LogEntry {}

    /** Messages that a channel has to deliver again. */
    record Requeued(ChannelName channel, List<Ref> refs) implements LogEntry {}

    /**
     * Messages that a channel has to deliver later, the earliest first: out of its memory, to be
     * read again when the time comes.
     */
    record Run(ChannelName channel, List<Ref> refs) implements LogEntry {}

    /** A channel came; it gets what is published from here on, and what the topic holds back. */
    record ChannelCreated(ChannelName channel) implements LogEntry {}

    /** A channel went. */
    record ChannelDeleted(ChannelName channel) implements LogEntry {}

    /** All that a channel had to deliver is dropped. */
    record ChannelEmptied(ChannelName channel) implements LogEntry {}

    /** All that the topic holds back is dropped. */
    record TopicEmptied() implements LogEntry {}

    /** From here on the topic holds messages back: it is paused, or has no channel. */
    record HeldBack() implements LogEntry {}

    /** What was held back is for all channels, and so is what is published from here on. */
    record Released() implements LogEntry {}

    /**
     * All of the above, summed up: nothing before this entry needs to be known but the messages
     * that it refers to. Every segment of a log begins with one.
     *
     * @param atNs when it was taken
     * @param backlog what the topic holds back
     */
    record TopicState(
            long atNs,
            Durability durability,
            boolean holdsBack,
            ChannelState backlog,
            List<ChannelState> channels)
            implements LogEntry {
        long refCount() {
            long count = backlog.refs().size();
            for (ChannelState channel : channels) count += channel.refs().size();
            return count;
        }

        /** True when something in this part of the log is still to be read. */
        boolean needs(long from, long until) {
            if (backlog.needs(from, until)) return true;
            for (ChannelState channel : channels) if (channel.needs(from, until)) return true;
            return false;
        }
    }

    /**
     * What a channel has to deliver: first what {@code refs} and {@code runs} refer to, and then
     * every message from {@code cursor} on whose reach is PUBLISHED and which is not done.
     *
     * @param channel null for what a topic holds back
     * @param unread count of messages from the cursor on
     * @param refs in the order of delivery
     * @param done messages in runs or beyond the cursor that are not to be delivered; but of what a
     *     topic holds back, all that were published into the log
     */
    record ChannelState(
            ChannelName channel,
            long cursor,
            long unread,
            List<Ref> refs,
            List<RunPart> runs,
            List<Range> done) {
        /** True when something in this part of the log is still to be delivered. */
        boolean needs(long from, long until) {
            if (cursor < until) return true;
            for (Ref ref : refs) if (ref.lsn() >= from && ref.lsn() < until) return true;
            for (RunPart run : runs) {
                if (run.lsn() >= from && run.lsn() < until) return true;
                if (run.lastLsn() >= from && run.firstLsn() < until) return true;
            }
            return false;
        }
    }

    /**
     * A message that waits out of turn.
     *
     * @param attempts deliveries so far
     * @param dueNs when it may be delivered again; 0 for at once
     */
    record Ref(long lsn, int attempts, long dueNs) {}

    /**
     * What is left of a {@link Run}.
     *
     * @param lsn where the run is
     * @param next index of the first of its refs that is still to come
     * @param count of all its refs
     * @param dueNs of the first that is still to come
     * @param firstLsn the lowest lsn that it refers to
     * @param lastLsn the highest
     */
    record RunPart(long lsn, int next, int count, long dueNs, long firstLsn, long lastLsn) {}

    /** Lsns from {@code from} until just before {@code until}. */
    record Range(long from, long until) {}

    /** An entry and its number. */
    record Numbered(long lsn, LogEntry entry) {}
}
