package io.sluice.nsqd.sim;

import static io.sluice.nsqd.sim.Checker.broken;

import io.sluice.nsqd.core.Broker;
import io.sluice.nsqd.core.BrokerSettings;
import io.sluice.nsqd.core.TopologyEvent;
import io.sluice.protocol.TopicName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A broker under test, the model that goes with it, and the timer of its loop. */
final class Node {
    final Broker broker;
    final Model model;
    final List<TopologyEvent> events = new ArrayList<>();

    /** When the broker wants its next tick. */
    long askedNs = Long.MAX_VALUE;

    /** Topics that something was done to since the last check. */
    final Set<TopicName> touched = new LinkedHashSet<>();

    Node(BrokerSettings settings, Tally tally) {
        broker = new Broker(settings, events::add);
        model = new Model(settings, tally);
    }

    void tick(long nowNs) {
        askedNs = broker.tick(nowNs);
        model.tick(nowNs);
        touched.addAll(model.topics.keySet());
        if (askedNs <= nowNs) throw broken("asks for a tick at %d, at %d", askedNs, nowNs);
        long dueNs = model.nextDueNs();
        if (askedNs > dueNs) throw broken("asks for a tick at %d, due at %d", askedNs, dueNs);
    }
}
