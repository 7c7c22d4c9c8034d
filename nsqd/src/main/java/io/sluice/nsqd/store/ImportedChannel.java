package io.sluice.nsqd.store;

import io.sluice.nsqd.core.LogEntry.ChannelState;
import io.sluice.nsqd.core.LogEntry.Range;
import io.sluice.nsqd.core.LogEntry.Ref;
import io.sluice.nsqd.core.LogEntry.RunPart;
import io.sluice.protocol.ChannelName;
import java.util.ArrayList;
import java.util.List;

/** What a channel has to deliver, or the topic itself, while messages are imported. */
final class ImportedChannel {
    private final ChannelName name;
    private final List<Ref> refs;
    private final List<RunPart> runs;
    private final List<Range> done;
    private long cursor;
    private long unread;

    /** Goes on from a state that it had. */
    ImportedChannel(ChannelState state) {
        name = state.channel();
        cursor = state.cursor();
        unread = state.unread();
        refs = new ArrayList<>(state.refs());
        runs = state.runs();
        done = new ArrayList<>(state.done());
    }

    /** True when the cursor has nothing to come to. */
    boolean isEmpty() {
        return unread == 0;
    }

    int refCount() {
        return refs.size();
    }

    /** A message out of turn: only this one has it. */
    void add(Ref ref) {
        refs.add(ref);
    }

    /** A message that the cursor comes by, and that is for this one. */
    void add(long lsn) {
        if (unread++ == 0) cursor = lsn;
    }

    /**
     * A message that is for others.
     *
     * @param from since when all messages that the cursor comes by are for the same others
     */
    void passOver(long lsn, long from) {
        if (unread == 0) {
            cursor = lsn + 1;
            return;
        }
        int last = done.size() - 1;
        if (last >= 0 && done.get(last).from() >= from) {
            done.set(last, new Range(done.get(last).from(), lsn + 1));
        } else {
            done.add(new Range(lsn, lsn + 1));
        }
    }

    ChannelState state() {
        return new ChannelState(name, cursor, unread, List.copyOf(refs), runs, List.copyOf(done));
    }
}
