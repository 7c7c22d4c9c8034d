package io.sluice.nsqd.sim;

import io.sluice.nsqd.core.Durability;
import io.sluice.nsqd.core.LogEntry;
import io.sluice.nsqd.core.LogEntry.Message;
import io.sluice.nsqd.core.LogEntry.Numbered;
import io.sluice.nsqd.core.LogEntry.TopicState;
import io.sluice.nsqd.core.TopicLog;
import io.sluice.protocol.Bytes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * A log without a disk. It answers when it is told to, reads less than it was asked for as a seed
 * has it, has tiny segments, and forgets what was deleted.
 */
public final class SimulatedLog implements TopicLog {
    static final int SEGMENT_ENTRIES = 16;

    /** All that is in the log, by lsn. */
    public final TreeMap<Long, LogEntry> entries = new TreeMap<>();

    /** First lsns of segments; the last is that of the one that is written. */
    public final List<Long> starts = new ArrayList<>();

    /** Null when messages can be stored. */
    public String refusal;

    /** The end of what a sync has covered. */
    public long synced;

    /** True when the topic is deleted. */
    public boolean deleted;

    /** True when the log has ended. */
    public boolean closed;

    /** False when what was appended is yet to leave this process. */
    public boolean written = true;

    /** True when it goes on in a new segment, as after a restart. */
    boolean sealed;

    Tally tally = new Tally();

    private final SplittableRandom random;
    private final Queue<LongConsumer> answers = new ArrayDeque<>();
    private Supplier<TopicState> state;
    private Runnable asked = () -> {};
    private long end;

    /**
     * A log that goes on at {@code end}.
     *
     * @param random null to read all that is asked for
     */
    public SimulatedLog(SplittableRandom random, long end) {
        this.random = random;
        this.end = end;
    }

    /** What the topic says of itself now. */
    public TopicState state() {
        return state.get();
    }

    /** Has {@code task} run whenever somebody starts to wait for an answer. */
    public void onAsked(Runnable task) {
        asked = task;
    }

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
        return refusal;
    }

    @Override
    public long append(LogEntry entry) {
        boolean full = !starts.isEmpty() && end - starts.get(starts.size() - 1) >= SEGMENT_ENTRIES;
        if (starts.isEmpty() || full || sealed) begin();
        entries.put(end, entry instanceof Message message ? copy(message) : entry);
        if (entry instanceof LogEntry.Run) tally.add(Happening.SPILLED);
        if (entry instanceof TopicState) tally.add(Happening.STATE_LOGGED);
        return end++;
    }

    private static Message copy(Message m) {
        Bytes body = Bytes.wrap(m.body().toArray());
        return new Message(m.reach(), m.id(), m.timestampNs(), m.dueNs(), body);
    }

    private void begin() {
        starts.add(end);
        sealed = false;
        TopicState first = state.get();
        entries.put(end++, first);
    }

    private void later(LongConsumer answer) {
        answers.add(answer);
        asked.run();
    }

    @Override
    public boolean isWritten() {
        return written;
    }

    @Override
    public void whenDurable(Durability level, Consumer<String> done) {
        long until = end;
        later(
                nowNs -> {
                    if (level == Durability.FSYNC) synced = Math.max(synced, until);
                    done.accept(null);
                });
    }

    @Override
    public void read(long fromLsn, int maxMessages, int maxBytes, Reader reader) {
        int wanted = random == null ? maxMessages : 1 + random.nextInt(maxMessages);
        later(nowNs -> reader.read(batch(fromLsn, wanted), nowNs));
    }

    private Batch batch(long fromLsn, int wanted) {
        List<Numbered> found = new ArrayList<>();
        for (long lsn = fromLsn; lsn < end; lsn++) {
            LogEntry entry = entries.get(lsn);
            if (!(entry instanceof LogEntry.Message)) continue;
            if (found.size() == wanted) return new Batch(found, lsn);
            found.add(new Numbered(lsn, entry));
        }
        return new Batch(found, end);
    }

    @Override
    public void read(long[] lsns, int maxBytes, Reader reader) {
        int wanted = random == null ? lsns.length : 1 + random.nextInt(lsns.length);
        later(
                nowNs -> {
                    List<Numbered> found = new ArrayList<>();
                    for (int i = 0; i < wanted; i++) {
                        LogEntry entry = entries.get(lsns[i]);
                        if (entry != null) found.add(new Numbered(lsns[i], entry));
                        if (entry instanceof LogEntry.Run) tally.add(Happening.RUN_READ);
                    }
                    reader.read(new Batch(found, lsns[wanted - 1] + 1), nowNs);
                });
    }

    /** Gives one answer that somebody waits for; false when nobody does. */
    public boolean answer(long nowNs) {
        LongConsumer answer = answers.poll();
        if (answer == null) return false;
        answer.accept(nowNs);
        return true;
    }

    @Override
    public List<Segment> segments() {
        List<Segment> complete = new ArrayList<>();
        for (int i = 0; i + 1 < starts.size(); i++) {
            complete.add(new Segment(starts.get(i), starts.get(i + 1), 1));
        }
        if (sealed) complete.add(new Segment(starts.get(starts.size() - 1), end, 1));
        return complete;
    }

    @Override
    public void delete(Segment segment) {
        tally.add(Happening.SEGMENT_DELETED);
        starts.remove(segment.from());
        entries.subMap(segment.from(), segment.until()).clear();
    }

    @Override
    public void clear() {
        if (!entries.isEmpty()) tally.add(Happening.LOG_CLEARED);
        starts.clear();
        entries.clear();
    }

    @Override
    public long bytes() {
        return entries.size();
    }

    @Override
    public long damagedCount() {
        return 0;
    }

    @Override
    public void delete(Runnable whenDeleted) {
        clear();
        deleted = true;
        whenDeleted.run();
    }

    @Override
    public void close(Runnable whenClosed) {
        if (!entries.isEmpty()) append(state.get());
        synced = end;
        closed = true;
        later(nowNs -> whenClosed.run());
    }
}
