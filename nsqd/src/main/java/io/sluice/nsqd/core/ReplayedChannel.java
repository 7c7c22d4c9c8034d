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
    private final DoneRanges done = new DoneRanges();
    private long cursor;
    private long unread;

    /** A channel for which everything from {@code cursor} on is new. */
    ReplayedChannel(ChannelName name, long cursor) {
        this.name = name;
        this.cursor = cursor;
    }

    ReplayedChannel(ChannelState state) {
        this(state.channel(), state.cursor());
        unread = state.unread();
        for (Ref ref : state.refs()) refs.put(ref.lsn(), ref);
        runs.addAll(state.runs());
        done.addAll(state.done());
    }

    void addUnread() {
        unread++;
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
        boolean expected = lsn >= cursor || isInRun(lsn);
        if (expected && done.add(lsn) && lsn >= cursor && unread > 0) unread--;
    }

    private boolean isInRun(long lsn) {
        for (RunPart run : runs) if (lsn >= run.firstLsn() && lsn <= run.lastLsn()) return true;
        return false;
    }

    void addRun(long lsn, List<Ref> moved) {
        for (Ref ref : moved) refs.remove(ref.lsn());
        runs.add(RunHead.part(lsn, moved));
    }

    /** What the topic held back comes behind what is here. */
    void takeOver(ReplayedChannel backlog) {
        refs.putAll(backlog.refs);
        if (backlog.unread == 0) return;
        if (unread == 0) cursor = backlog.cursor;
        unread += backlog.unread;
    }

    ChannelState state() {
        return new ChannelState(
                name, cursor, unread, List.copyOf(refs.values()), List.copyOf(runs), done.toList());
    }
}
