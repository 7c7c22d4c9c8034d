package io.sluice.nsqd.core;

import io.sluice.nsqd.core.LogEntry.Message;
import io.sluice.nsqd.core.LogEntry.Numbered;
import io.sluice.nsqd.core.LogEntry.Reach;
import io.sluice.nsqd.core.LogEntry.Ref;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A look at a channel that changes nothing in it. What is in memory is seen as it is at this
 * moment; of what is in the log, as much as one read brings.
 */
final class Peek {
    private final TopicStore store;
    private final int count;
    private final Consumer<List<PeekedMessage>> peeked;
    private final List<PeekedMessage> found = new ArrayList<>();

    /** Those that do not wait for a consumer. */
    private final List<PeekedMessage> others = new ArrayList<>();

    /** Wants so many messages at the most, and hands them to {@code peeked}. */
    Peek(TopicStore store, int count, Consumer<List<PeekedMessage>> peeked) {
        this.store = store;
        this.count = count;
        this.peeked = peeked;
    }

    void look(MessageQueue queued, DeadlineQueue<Delivery> inFlight, Deferrals deferred) {
        for (Delivery delivery : inFlight.first(count)) {
            others.add(PeekedMessage.inFlight(delivery));
        }
        for (Delivery delivery : deferred.first(count)) {
            others.add(PeekedMessage.deferred(delivery));
        }
        for (Queued message : queued.first(count)) found.add(PeekedMessage.queued(message));
        readRefs(queued.refs().first(room()), queued);
    }

    private int room() {
        return count - found.size();
    }

    private void readRefs(List<Ref> refs, MessageQueue queued) {
        if (refs.isEmpty()) {
            readOn(queued);
            return;
        }
        long[] lsns = refs.stream().mapToLong(Ref::lsn).sorted().toArray();
        store.log()
                .read(
                        lsns,
                        store.readAheadBytes(),
                        (batch, nowNs) -> {
                            add(refs, batch);
                            boolean all = batch.nextLsn() > lsns[lsns.length - 1];
                            if (all) readOn(queued);
                            else tell();
                        });
    }

    /** In the order of the refs; what is missing was damaged, or is more than was read. */
    private void add(List<Ref> refs, TopicLog.Batch batch) {
        Map<Long, Message> messages = new HashMap<>();
        for (Numbered n : batch.entries()) {
            if (n.entry() instanceof Message message) messages.put(n.lsn(), message);
        }
        for (Ref ref : refs) {
            Message message = messages.get(ref.lsn());
            if (message != null) found.add(PeekedMessage.queued(message, ref.attempts()));
        }
    }

    private void readOn(MessageQueue queued) {
        if (room() == 0 || queued.unread() == 0) {
            tell();
            return;
        }
        store.log()
                .read(
                        queued.cursor(),
                        room(),
                        store.readAheadBytes(),
                        (batch, nowNs) -> {
                            add(queued, batch);
                            tell();
                        });
    }

    private void add(MessageQueue queued, TopicLog.Batch batch) {
        for (Numbered n : batch.entries()) {
            if (n.lsn() >= store.readable() || !(n.entry() instanceof Message message)) continue;
            if (message.reach() != Reach.PUBLISHED || queued.done().contains(n.lsn())) continue;
            found.add(PeekedMessage.queued(message, 0));
        }
    }

    private void tell() {
        found.addAll(others.subList(0, Math.min(room(), others.size())));
        peeked.accept(found);
    }
}
