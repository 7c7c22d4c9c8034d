package io.sluice.nsqd.core;

import io.sluice.nsqd.core.LogEntry.ChannelState;
import io.sluice.nsqd.core.LogEntry.Ref;
import io.sluice.nsqd.core.LogEntry.RunPart;
import io.sluice.protocol.ChannelName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a channel has to deliver, while the log that says so is read. */
final class ReplayedChannel {
    private final ChannelName name;

    /** By lsn, in the order of delivery. */
    private final Map<Long, Ref> refs = new LinkedHashMap<>();

    private final List<RunPart> runs = new ArrayList<>();

    /** From the first to the last message of each run. */
    private final DoneRanges inRuns = new DoneRanges();

    private final DoneRanges done = new DoneRanges();

    /** Where its cursor may stop. */
    private final DoneRanges stops;

    private long cursor;
    private long unread;

    /** True when there is something to deliver from the cursor on. */
    private boolean behind;

    /** A channel for which everything from {@code cursor} on is new. */
    ReplayedChannel(ChannelName name, long cursor, DoneRanges stops) {
        this.name = name;
        this.cursor = cursor;
        this.stops = stops;
    }

    ReplayedChannel(ChannelState state, DoneRanges stops) {
        this(state.channel(), state.cursor(), stops);
        unread = state.unread();
        behind = unread > 0;
        for (Ref ref : state.refs()) refs.put(ref.lsn(), ref);
        for (RunPart run : state.runs()) add(run);
        done.addAll(state.done());
    }

    void addUnread() {
        unread++;
        behind = true;
    }

    /** The topic holds back what was published here. */
    void holdBack(long lsn) {
        addUnread();
        done.add(lsn);
    }

    void add(Ref ref) {
        refs.put(ref.lsn(), ref);
    }

    void finish(long lsn) {
        if (refs.remove(lsn) == null) passOver(lsn);
    }

    void requeue(Ref ref) {
        if (refs.remove(ref.lsn()) == null) passOver(ref.lsn());
        refs.put(ref.lsn(), ref);
    }

    /** A message that the cursor or a run would come to is not to be delivered from there. */
    private void passOver(long lsn) {
        // Also before the cursor: of what it was given, not all that was logged may be left.
        if (!done.add(lsn) || lsn < cursor || inRuns.contains(lsn)) return;
        // Rather one too many than one too few: who has none left does not read on.
        if (stops.contains(lsn) && unread > 0) unread--;
    }

    /** What the topic held back until this lsn is not for this channel, though it was published. */
    void passOver(ReplayedChannel backlog, long until) {
        if (behind) done.addAll(backlog.done);
        else cursor = Math.max(cursor, until);
    }

    void addRun(long lsn, List<Ref> moved) {
        for (Ref ref : moved) {
            boolean known = refs.remove(ref.lsn()) != null;
            // From an older run it came here by memory, of which nothing is logged.
            boolean elsewhere = inRuns.contains(ref.lsn()) || stops.contains(ref.lsn());
            if (!known && elsewhere) passOver(ref.lsn());
            // What is done elsewhere would be taken to be done in this run, too.
            if (done.contains(ref.lsn())) refs.put(ref.lsn(), ref);
        }
        add(RunHead.part(lsn, moved));
    }

    private void add(RunPart run) {
        runs.add(run);
        inRuns.add(run.firstLsn(), run.lastLsn() + 1);
    }

    /** What the topic held back comes behind what is here. */
    void takeOver(ReplayedChannel backlog) {
        if (!behind) {
            for (Ref ref : backlog.refs.values()) {
                if (!done.contains(ref.lsn())) refs.put(ref.lsn(), ref);
            }
            cursor = backlog.behind ? backlog.cursor : Math.max(cursor, backlog.cursor);
        } else {
            // What was logged behind the cursor will be found by it.
            for (Ref ref : backlog.refs.values()) {
                if (ref.lsn() >= cursor) unread++;
                else refs.put(ref.lsn(), ref);
            }
        }
        unread += backlog.unread;
        behind |= backlog.behind;
    }

    ChannelState state() {
        return new ChannelState(
                name, cursor, unread, List.copyOf(refs.values()), List.copyOf(runs), done.toList());
    }
}
