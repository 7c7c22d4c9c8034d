package io.sluice.nsqd.sim;

import io.sluice.nsqd.core.LogEntry;
import io.sluice.nsqd.core.LogEntry.ChannelState;
import io.sluice.nsqd.core.LogEntry.Message;
import io.sluice.nsqd.core.LogEntry.Numbered;
import io.sluice.nsqd.core.LogEntry.Range;
import io.sluice.nsqd.core.LogEntry.Reach;
import io.sluice.nsqd.core.LogEntry.Ref;
import io.sluice.nsqd.core.LogEntry.RunPart;
import io.sluice.nsqd.core.LogEntry.TopicState;
import io.sluice.nsqd.core.LogReplay;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** What there is to deliver, as a state and the entries that it refers to have it. */
final class LogContents {
    private final NavigableMap<Long, LogEntry> entries;

    LogContents(NavigableMap<Long, LogEntry> entries) {
        this.entries = entries;
    }

    /** The state after all entries from this lsn on. */
    TopicState replay(LogReplay replay, long from) {
        entries.tailMap(from, true).forEach((lsn, entry) -> replay.apply(new Numbered(lsn, entry)));
        return replay.state(entries.isEmpty() ? from : entries.lastKey() + 1);
    }

    /**
     * Lsns of messages, and when each is to be delivered, as often as it is; 0 for what may be by
     * now. By channel; the backlog at its own name.
     */
    Map<String, Map<Long, List<Long>>> of(TopicState state, long nowNs) {
        Map<String, Map<Long, List<Long>>> all = new TreeMap<>();
        Map<Long, List<Long>> backlog = of(state.backlog(), Long.MAX_VALUE, nowNs);
        long heldFrom = Long.MAX_VALUE;
        for (long lsn : backlog.keySet()) heldFrom = Math.min(heldFrom, lsn);
        all.put("the topic itself", backlog);
        for (ChannelState channel : state.channels()) {
            all.put(channel.channel().value(), of(channel, heldFrom, nowNs));
        }
        return all;
    }

    private Map<Long, List<Long>> of(ChannelState channel, long until, long nowNs) {
        List<Ref> found = new ArrayList<>(channel.refs());
        found.addAll(inRuns(channel));
        if (channel.channel() != null || channel.unread() > 0) {
            found.addAll(fromCursor(channel, until));
        }
        Map<Long, List<Long>> dues = new TreeMap<>();
        for (Ref ref : found) {
            long dueNs = ref.dueNs() <= nowNs ? 0 : ref.dueNs();
            dues.computeIfAbsent(ref.lsn(), lsn -> new ArrayList<>()).add(dueNs);
        }
        return dues;
    }

    private List<Ref> inRuns(ChannelState channel) {
        List<Ref> refs = new ArrayList<>();
        for (RunPart part : channel.runs()) {
            if (!(entries.get(part.lsn()) instanceof LogEntry.Run run)) continue;
            for (Ref ref : run.refs().subList(part.next(), run.refs().size())) {
                if (!isDone(channel, ref.lsn())) refs.add(ref);
            }
        }
        return refs;
    }

    private List<Ref> fromCursor(ChannelState channel, long until) {
        List<Ref> refs = new ArrayList<>();
        boolean holds = channel.channel() == null;
        entries.tailMap(channel.cursor(), true)
                .forEach(
                        (lsn, entry) -> {
                            if (!(entry instanceof Message message) || lsn >= until) return;
                            if (message.reach() != Reach.PUBLISHED) return;
                            if (!holds && isDone(channel, lsn)) return;
                            refs.add(new Ref(lsn, 0, message.dueNs()));
                        });
        return refs;
    }

    /** Numbers of the messages that a channel has in the log and does not deliver at once. */
    Set<Integer> deferred(ChannelState channel) {
        List<Ref> refs = new ArrayList<>(channel.refs());
        refs.removeIf(ref -> ref.dueNs() == 0);
        refs.addAll(inRuns(channel));
        Set<Integer> numbers = new HashSet<>();
        for (Ref ref : refs) {
            if (!(entries.get(ref.lsn()) instanceof Message message)) continue;
            numbers.add(Published.number(message.body()));
        }
        return numbers;
    }

    private static boolean isDone(ChannelState channel, long lsn) {
        for (Range range : channel.done()) {
            if (lsn >= range.from() && lsn < range.until()) return true;
        }
        return false;
    }
}
