package io.sluice.nsqd.net;

import io.sluice.nsqd.core.Broker;
import io.sluice.nsqd.core.TopicStats;
import io.sluice.nsqd.stats.LoopStats;
import io.sluice.nsqd.stats.StatsFilter;
import io.sluice.protocol.TopicName;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Takes down the statistics of one loop, some topics a turn: thousands of channels, measured
 * latencies above all, would hold up everything else for too long.
 */
final class Survey {
    /** After so long others have their turn; a topic is taken as a whole. */
    private static final long TURN_NS = TimeUnit.MILLISECONDS.toNanos(5);

    /** A timer and not just a later turn: what waits for the sockets is looked at in between. */
    private static final long PAUSE_MS = 1;

    private final CoreLoop loop;
    private final boolean withClients;
    private final Iterator<TopicName> left;
    private final Consumer<LoopStats> done;
    private final List<TopicStats> taken = new ArrayList<>();

    private Survey(
            CoreLoop loop, boolean withClients, List<TopicName> all, Consumer<LoopStats> done) {
        this.loop = loop;
        this.withClients = withClients;
        this.left = all.iterator();
        this.done = done;
    }

    /** Called on the loop. {@code done} is called there too, now or in a later turn. */
    static void of(CoreLoop loop, StatsFilter filter, Consumer<LoopStats> done) {
        List<TopicName> all = filter.of(loop.broker().topics());
        new Survey(loop, filter.withClients(), all, done).goOn();
    }

    private void goOn() {
        Broker broker = loop.broker();
        long startNs = System.nanoTime();
        while (left.hasNext()) {
            // Empty when the topic has gone meanwhile.
            taken.addAll(broker.stats(left.next(), null, withClients, loop.nowNs()));
            if (System.nanoTime() - startNs < TURN_NS || !left.hasNext()) continue;
            loop.runLater(this::goOn, PAUSE_MS);
            return;
        }
        done.accept(new LoopStats(taken, withClients ? broker.publishers() : List.of()));
    }
}
