package io.sluice.client;

import io.sluice.client.LookupPoller.Round;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The daemons that a producer may publish to: those of its options, and those that lookup nodes
 * name. While any of these is away, all that were ever named since it was there are kept.
 */
final class Directory {
    private final List<NsqdAddress> fixed;
    private final ThreadLoop loop;
    private final LookupPoller poller;
    private final long patienceMs;
    private List<NsqdAddress> named = List.of();
    private boolean asked;

    Directory(ProducerOptions options) {
        fixed = options.nsqds();
        LookupOptions lookup = options.lookup();
        asked = lookup.nodes().isEmpty();
        // To connect to each, and to hear each.
        patienceMs = 2 * lookup.timeout().toMillis() * lookup.nodes().size();
        if (asked) {
            loop = null;
            poller = null;
            return;
        }
        loop = new ThreadLoop(this, "nsq-producer-lookup");
        poller =
                new LookupPoller(
                        lookup,
                        LookupNode.of(lookup, options.connection()),
                        LookupNode::nodes,
                        loop,
                        below -> ThreadLocalRandom.current().nextLong(below),
                        this::take);
    }

    /** Asks lookup nodes, if there are any, from now on. */
    void start() {
        if (poller != null) loop.execute(poller::start);
    }

    private synchronized void take(Round round) {
        Set<NsqdAddress> all = new LinkedHashSet<>(round.named());
        if (!round.isComplete()) all.addAll(named);
        if (!all.equals(new LinkedHashSet<>(named))) named = shuffled(all);
        if (round.isOver()) asked = true;
        notifyAll();
    }

    /** Not all producers are to begin with the same daemon. */
    private static List<NsqdAddress> shuffled(Set<NsqdAddress> addresses) {
        List<NsqdAddress> order = new ArrayList<>(addresses);
        Collections.shuffle(order, ThreadLocalRandom.current());
        return order;
    }

    /** The daemons that are known; at first waits until lookup nodes have named one, or none. */
    synchronized List<NsqdAddress> nsqds() {
        try {
            long untilMs = System.currentTimeMillis() + patienceMs;
            long leftMs = patienceMs;
            while (fixed.isEmpty() && named.isEmpty() && !asked && leftMs > 0) {
                wait(leftMs);
                leftMs = untilMs - System.currentTimeMillis();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        List<NsqdAddress> all = new ArrayList<>(fixed);
        named.stream().filter(address -> !fixed.contains(address)).forEach(all::add);
        return all;
    }

    /** Nobody could be reached: others may have come. */
    void askSoon() {
        if (poller != null) loop.execute(poller::askSoon);
    }

    void close() {
        if (poller == null) return;
        poller.close();
        loop.close();
        synchronized (this) {
            asked = true;
            notifyAll();
        }
    }
}
