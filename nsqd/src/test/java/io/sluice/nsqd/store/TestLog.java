package io.sluice.nsqd.store;

import io.sluice.nsqd.core.Durability;
import io.sluice.nsqd.core.LogEntry;
import io.sluice.nsqd.core.LogEntry.ChannelState;
import io.sluice.nsqd.core.LogEntry.Message;
import io.sluice.nsqd.core.LogEntry.Range;
import io.sluice.nsqd.core.LogEntry.Reach;
import io.sluice.nsqd.core.LogEntry.Ref;
import io.sluice.nsqd.core.LogEntry.TopicState;
import io.sluice.nsqd.core.TopicLog;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A log in memory, for one writer that reads nothing. */
final class TestLog implements TopicLog {
    private static final int SEGMENT_ENTRIES = 7;

    final TreeMap<Long, LogEntry> entries = new TreeMap<>();

    /** Messages after which there is no room; more than there are for never. */
    int room = Integer.MAX_VALUE;

    boolean closed;
    private Supplier<TopicState> state;
    private long end = 40;

    @Override
    public void attach(Supplier<TopicState> source) {
        state = source;
    }

    @Override
    public long end() {
        return end;
    }

    @Override
    public String refusal(int messages, long bytes) {
        return messages > room ? "the disk is full" : null;
    }

    @Override
    public long append(LogEntry entry) {
        if (entries.isEmpty() || end % SEGMENT_ENTRIES == 0) entries.put(end++, state.get());
        if (entry instanceof Message) room--;
        entries.put(end, entry);
        return end++;
    }

    @Override
    public boolean isWritten() {
        return true;
    }

    @Override
    public void whenDurable(Durability level, Consumer<String> done) {
        done.accept(null);
    }

    @Override
    public void read(long fromLsn, int maxMessages, int maxBytes, Reader reader) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void read(long[] lsns, int maxBytes, Reader reader) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Segment> segments() {
        return List.of();
    }

    @Override
    public void delete(Segment segment) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void clear() {
        entries.clear();
    }

    @Override
    public long bytes() {
        return 0;
    }

    @Override
    public long damagedCount() {
        return 0;
    }

    @Override
    public void delete(Runnable deleted) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close(Runnable whenClosed) {
        append(state.get());
        closed = true;
        whenClosed.run();
    }

    /** The last state in the log. */
    TopicState state() {
        return state(entries);
    }

    static TopicState state(TreeMap<Long, LogEntry> entries) {
        for (LogEntry entry : entries.descendingMap().values()) {
            if (entry instanceof TopicState found) return found;
        }
        throw new AssertionError("no state in the log");
    }

    /** What a channel delivers that is in this state: body and attempts so far. */
    List<String> deliveries(ChannelState channel) {
        return deliveries(entries, channel);
    }

    static List<String> deliveries(TreeMap<Long, LogEntry> entries, ChannelState channel) {
        List<String> found = new ArrayList<>();
        for (Ref ref : channel.refs()) {
            Message message = (Message) entries.get(ref.lsn());
            if (message.reach() != Reach.ASIDE) throw new AssertionError(message);
            found.add(message.body().utf8() + "/" + ref.attempts());
        }
        int unread = 0;
        for (var entry : entries.tailMap(channel.cursor()).entrySet()) {
            if (!(entry.getValue() instanceof Message message)) continue;
            if (message.reach() != Reach.PUBLISHED || isDone(channel, entry.getKey())) continue;
            found.add(message.body().utf8());
            unread++;
        }
        if (unread != channel.unread()) throw new AssertionError(unread + " in " + channel);
        return found;
    }

    private static boolean isDone(ChannelState channel, long lsn) {
        for (Range range : channel.done()) {
            if (lsn >= range.from() && lsn < range.until()) return true;
        }
        return false;
    }
}
