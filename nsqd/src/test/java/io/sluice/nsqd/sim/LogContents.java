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
import io.sluice.protocol.ChannelName;
import java.util.Map;
import java.util.NavigableMap;
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

    /** Lsns of messages, and how often each is to be delivered, by channel; the backlog at null. */
    Map<String, Map<Long, Integer>> of(TopicState state) {
        Map<String, Map<Long, Integer>> all = new TreeMap<>();
        Map<Long, Integer> backlog = of(state.backlog(), Long.MAX_VALUE);
        long heldFrom = Long.MAX_VALUE;
        for (long lsn : backlog.keySet()) heldFrom = Math.min(heldFrom, lsn);
        all.put("the topic itself", backlog);
        for (ChannelState channel : state.channels()) {
            ChannelName name = channel.channel();
            all.put(name.value(), of(channel, heldFrom));
        }
        return all;
    }

    private Map<Long, Integer> of(ChannelState channel, long until) {
        Map<Long, Integer> found = new TreeMap<>();
        for (Ref ref : channel.refs()) found.merge(ref.lsn(), 1, Integer::sum);
        for (RunPart part : channel.runs()) {
            if (!(entries.get(part.lsn()) instanceof LogEntry.Run run)) continue;
            for (Ref ref : run.refs().subList(part.next(), run.refs().size())) {
                if (!isDone(channel, ref.lsn())) found.merge(ref.lsn(), 1, Integer::sum);
            }
        }
        if (channel.channel() == null && channel.unread() == 0) return found;
        entries.tailMap(channel.cursor(), true)
                .forEach(
                        (lsn, entry) -> {
                            if (!(entry instanceof Message message) || lsn >= until) return;
                            boolean wanted = message.reach() == Reach.PUBLISHED;
                            boolean holds = channel.channel() == null;
                            if (wanted && (holds || !isDone(channel, lsn)))
                                found.merge(lsn, 1, Integer::sum);
                        });
        return found;
    }

    private static boolean isDone(ChannelState channel, long lsn) {
        for (Range range : channel.done()) {
            if (lsn >= range.from() && lsn < range.until()) return true;
        }
        return false;
    }
}
