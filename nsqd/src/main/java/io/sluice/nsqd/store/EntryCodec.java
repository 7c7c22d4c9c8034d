package io.sluice.nsqd.store;

import io.sluice.nsqd.core.Durability;
import io.sluice.nsqd.core.LogEntry;
import io.sluice.nsqd.core.LogEntry.ChannelState;
import io.sluice.nsqd.core.LogEntry.Range;
import io.sluice.nsqd.core.LogEntry.Reach;
import io.sluice.nsqd.core.LogEntry.RunPart;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The payload of every kind of entry, as spec/storage.md has it. */
final class EntryCodec {
    static final byte PUBLISHED = 1;
    static final byte DEFERRED = 2;
    static final byte ASIDE = 3;
    static final byte FINISHED = 4;
    static final byte REQUEUED = 5;
    static final byte RUN = 6;
    static final byte CHANNEL_CREATED = 7;
    static final byte CHANNEL_DELETED = 8;
    static final byte CHANNEL_EMPTIED = 9;
    static final byte TOPIC_EMPTIED = 10;
    static final byte HELD_BACK = 11;
    static final byte RELEASED = 12;
    static final byte TOPIC_STATE = 13;

    /** Messages that one {@link LogEntry.Finished} names at most: they are an array in memory. */
    static final int MAX_FINISHED = 1 << 20;

    private static final int MIN_RUN_PART_BYTES = 6;
    private static final int MIN_RANGE_BYTES = 2;
    private static final int MIN_CHANNEL_BYTES = 6;
    private static final Durability[] LEVELS = Durability.values();

    private EntryCodec() {}

    static boolean isMessage(byte type) {
        return type >= PUBLISHED && type <= ASIDE;
    }

    /** Appends the payload and returns the type. */
    static byte encode(LogEntry entry, PayloadWriter out) {
        if (entry instanceof LogEntry.Message m) return message(m, out);
        if (entry instanceof LogEntry.Finished f) {
            out.name(f.channel().value());
            lsns(f.lsns(), out);
            return FINISHED;
        }
        if (entry instanceof LogEntry.Requeued r) {
            out.name(r.channel().value());
            RefRuns.write(r.refs(), out);
            return REQUEUED;
        }
        if (entry instanceof LogEntry.Run r) {
            out.name(r.channel().value());
            RefRuns.write(r.refs(), out);
            return RUN;
        }
        if (entry instanceof LogEntry.TopicState s) {
            state(s, out);
            return TOPIC_STATE;
        }
        return event(entry, out);
    }

    private static byte message(LogEntry.Message m, PayloadWriter out) {
        out.id(m.id());
        out.int64(m.timestampNs());
        out.signed(m.dueNs() - m.timestampNs());
        out.bytes(m.body());
        return (byte) (PUBLISHED + m.reach().ordinal());
    }

    private static byte event(LogEntry entry, PayloadWriter out) {
        if (entry instanceof LogEntry.ChannelCreated c) {
            out.name(c.channel().value());
            return CHANNEL_CREATED;
        }
        if (entry instanceof LogEntry.ChannelDeleted c) {
            out.name(c.channel().value());
            return CHANNEL_DELETED;
        }
        if (entry instanceof LogEntry.ChannelEmptied c) {
            out.name(c.channel().value());
            return CHANNEL_EMPTIED;
        }
        if (entry instanceof LogEntry.TopicEmptied) return TOPIC_EMPTIED;
        if (entry instanceof LogEntry.HeldBack) return HELD_BACK;
        if (entry instanceof LogEntry.Released) return RELEASED;
        throw new AssertionError("no form for " + entry.getClass());
    }

    /** Pairs: how far the next run of neighbours is from the end of the last, and its length. */
    private static void lsns(long[] lsns, PayloadWriter out) {
        if (lsns.length > MAX_FINISHED) {
            throw new IllegalArgumentException(
                    lsns.length + " messages finished at once, at most " + MAX_FINISHED);
        }
        out.unsigned(lsns.length);
        long end = 0;
        for (int i = 0; i < lsns.length; ) {
            int length = 1;
            while (i + length < lsns.length && lsns[i + length] == lsns[i] + length) length++;
            out.signed(lsns[i] - end);
            out.unsigned(length);
            end = lsns[i] + length;
            i += length;
        }
    }

    private static void state(LogEntry.TopicState s, PayloadWriter out) {
        out.int64(s.atNs());
        out.octet(s.durability().ordinal());
        out.octet(s.holdsBack() ? 1 : 0);
        channel(s.backlog(), out);
        out.unsigned(s.channels().size());
        for (ChannelState channel : s.channels()) channel(channel, out);
    }

    private static void channel(ChannelState c, PayloadWriter out) {
        out.name(c.channel() == null ? null : c.channel().value());
        out.unsigned(c.cursor());
        out.unsigned(c.unread());
        RefRuns.write(c.refs(), out);
        out.unsigned(c.runs().size());
        for (RunPart run : c.runs()) {
            out.unsigned(run.lsn());
            out.unsigned(run.next());
            out.unsigned(run.count());
            out.signed(run.dueNs());
            out.unsigned(run.firstLsn());
            out.signed(run.lastLsn() - run.firstLsn());
        }
        out.unsigned(c.done().size());
        long end = 0;
        for (Range range : c.done()) {
            out.signed(range.from() - end);
            out.signed(range.until() - range.from());
            end = range.until();
        }
    }

    /** The entry of this type; {@code payload} must hold it and nothing else. */
    static LogEntry decode(byte type, ByteBuffer payload) throws MalformedEntry {
        PayloadReader in = new PayloadReader(payload);
        LogEntry entry = decode(type, in);
        in.requireEnd();
        return entry;
    }

    private static LogEntry decode(byte type, PayloadReader in) throws MalformedEntry {
        return switch (type) {
            case PUBLISHED -> message(Reach.PUBLISHED, in);
            case DEFERRED -> message(Reach.DEFERRED, in);
            case ASIDE -> message(Reach.ASIDE, in);
            case FINISHED -> new LogEntry.Finished(in.channel(), lsns(in));
            case REQUEUED -> new LogEntry.Requeued(in.channel(), RefRuns.read(in));
            case RUN -> new LogEntry.Run(in.channel(), RefRuns.read(in));
            case CHANNEL_CREATED -> new LogEntry.ChannelCreated(in.channel());
            case CHANNEL_DELETED -> new LogEntry.ChannelDeleted(in.channel());
            case CHANNEL_EMPTIED -> new LogEntry.ChannelEmptied(in.channel());
            case TOPIC_EMPTIED -> new LogEntry.TopicEmptied();
            case HELD_BACK -> new LogEntry.HeldBack();
            case RELEASED -> new LogEntry.Released();
            case TOPIC_STATE -> state(in);
            default -> throw new MalformedEntry("no entry is of type " + type);
        };
    }

    private static LogEntry.Message message(Reach reach, PayloadReader in) throws MalformedEntry {
        var id = in.id();
        long timestampNs = in.int64();
        long dueNs = timestampNs + in.signed();
        return new LogEntry.Message(reach, id, timestampNs, dueNs, in.rest());
    }

    private static long[] lsns(PayloadReader in) throws MalformedEntry {
        long[] lsns = new long[in.count("finished messages", MAX_FINISHED)];
        long end = 0;
        for (int i = 0; i < lsns.length; ) {
            end += in.signed();
            int length = in.count("finished messages in a row", lsns.length - i);
            if (length == 0) throw new MalformedEntry("an empty run of finished messages");
            for (int j = 0; j < length; j++) lsns[i++] = end++;
        }
        return lsns;
    }

    private static LogEntry.TopicState state(PayloadReader in) throws MalformedEntry {
        long atNs = in.int64();
        int level = in.octet();
        if (level >= LEVELS.length) throw new MalformedEntry("no durability is " + level);
        boolean holdsBack = in.flag();
        ChannelState backlog = channelState(in);
        int count = in.count("channels", in.remaining() / MIN_CHANNEL_BYTES);
        List<ChannelState> channels = new ArrayList<>(count);
        for (int i = 0; i < count; i++) channels.add(channelState(in));
        return new LogEntry.TopicState(atNs, LEVELS[level], holdsBack, backlog, channels);
    }

    private static ChannelState channelState(PayloadReader in) throws MalformedEntry {
        var name = in.channelOrNull();
        long cursor = in.unsigned();
        long unread = in.unsigned();
        RefRuns refs = RefRuns.read(in);
        return new ChannelState(name, cursor, unread, refs, runParts(in), ranges(in));
    }

    private static List<RunPart> runParts(PayloadReader in) throws MalformedEntry {
        int count = in.count("runs", in.remaining() / MIN_RUN_PART_BYTES);
        List<RunPart> runs = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long lsn = in.unsigned();
            int next = in.count("next of a run", Integer.MAX_VALUE);
            int size = in.count("refs of a run", Integer.MAX_VALUE);
            long dueNs = in.signed();
            long first = in.unsigned();
            runs.add(new RunPart(lsn, next, size, dueNs, first, first + in.signed()));
        }
        return runs;
    }

    private static List<Range> ranges(PayloadReader in) throws MalformedEntry {
        int count = in.count("ranges", in.remaining() / MIN_RANGE_BYTES);
        List<Range> ranges = new ArrayList<>(count);
        long end = 0;
        for (int i = 0; i < count; i++) {
            long from = end + in.signed();
            end = from + in.signed();
            ranges.add(new Range(from, end));
        }
        return ranges;
    }
}
