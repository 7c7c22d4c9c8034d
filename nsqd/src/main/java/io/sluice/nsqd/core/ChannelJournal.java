package io.sluice.nsqd.core;

import io.sluice.nsqd.core.LogEntry.Finished;
import io.sluice.nsqd.core.LogEntry.Ref;
import io.sluice.nsqd.core.LogEntry.Requeued;
import io.sluice.protocol.ChannelName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What becomes of a channel's logged messages in one turn of the loop, to be logged at its end. A
 * crash repeats no more than a turn of finishes.
 */
final class ChannelJournal {
    private static final int INITIAL = 16;

    private final TopicStore store;
    private final ChannelName channel;
    private long[] finished = new long[INITIAL];
    private int finishedCount;
    private List<Ref> requeued = new ArrayList<>();

    ChannelJournal(TopicStore store, ChannelName channel) {
        this.store = store;
        this.channel = channel;
    }

    void finished(Publication publication) {
        if (!publication.isLogged() || !begin()) return;
        if (finishedCount == finished.length) {
            finished = Arrays.copyOf(finished, finishedCount * 2);
        }
        finished[finishedCount++] = publication.lsn();
    }

    /**
     * @param dueNs 0 for at once
     */
    void requeued(Delivery delivery, long dueNs) {
        if (delivery.publication().isLogged() && begin()) requeued.add(delivery.ref(dueNs));
    }

    /** Likewise of messages that are in the log only. */
    void requeued(List<Ref> refs) {
        if (begin()) requeued.addAll(refs);
    }

    private boolean begin() {
        store.changed();
        if (!store.journals() || channel.isEphemeral()) return false;
        if (finishedCount == 0 && requeued.isEmpty()) store.writeLater(this);
        return true;
    }

    void write() {
        // In this order: what was requeued may have been finished afterwards.
        if (!requeued.isEmpty()) store.record(new Requeued(channel, requeued));
        if (finishedCount > 0) {
            store.record(new Finished(channel, Arrays.copyOf(finished, finishedCount)));
        }
        requeued = new ArrayList<>();
        finishedCount = 0;
    }

    /**
     * What was finished in this turn: a replay is not to take it for unread when it comes to it.
     */
    void collectFinished(DoneRanges to) {
        for (int i = 0; i < finishedCount; i++) to.add(finished[i]);
    }

    /** The channel is gone or empty: there is nothing to say of its messages. */
    void forget() {
        requeued.clear();
        finishedCount = 0;
    }
}
