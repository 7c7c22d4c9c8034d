package io.sluice.nsqd.sim;

import static io.sluice.nsqd.sim.Checker.broken;
import static io.sluice.nsqd.sim.Checker.same;

import io.sluice.nsqd.core.Durability;
import io.sluice.nsqd.core.Receipt;
import io.sluice.protocol.TopicName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A batch that somebody is about to publish, and whether that must be refused. */
final class Publishing {
    final ModelTopic topic;
    private final Node node;
    private final List<Published> batch;

    /** Null when that depends on what the core has in memory. */
    private final Boolean refuses;

    Publishing(Node node, TopicName name, List<Published> batch, boolean deferred) {
        this.node = node;
        this.batch = batch;
        node.touched.add(name);
        topic = node.model.topic(name);
        refuses = topic.refuses(batch.size(), deferred, node.refusal(name));
    }

    void refused(Object who) {
        if (refuses != null) same(who, "refused", true, refuses);
        topic.count(Happening.REFUSED);
    }

    /** It was accepted, and is as safe as promised when the log has answered. */
    void accepted(Object who, Receipt receipt, long nowNs) {
        if (refuses != null) same(who, "refused", false, refuses);
        await(who, receipt, nowNs);
        node.settle(topic.name, nowNs);
        topic.publish(batch, nowNs);
    }

    private void await(Object who, Receipt receipt, long nowNs) {
        TopicName name = topic.name;
        boolean waits = node.model.settings.durability() == Durability.FSYNC && !name.isEphemeral();
        same(who, "waits for a sync", receipt != null, waits);
        if (!waits) return;
        List<String> outcomes = new ArrayList<>();
        receipt.whenDurable(outcomes::add);
        same(who, "outcomes before the sync", outcomes, List.of());
        long end = node.logs.get(name).end();
        node.answer(nowNs);
        same(who, "outcomes", outcomes, Collections.singletonList(null));
        if (node.logs.get(name).synced < end) throw broken("%s: acknowledged too early", who);
    }
}
