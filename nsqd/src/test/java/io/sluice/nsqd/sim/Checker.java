package io.sluice.nsqd.sim;

import io.sluice.nsqd.core.ChannelStats;
import io.sluice.nsqd.core.ClientStats;
import io.sluice.nsqd.core.TopicStats;
import io.sluice.protocol.TopicName;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

/**
 * Holds what a broker says of itself against its model, after every step. What was pushed, the
 * model has checked by then.
 */
final class Checker {
    private Checker() {}

    static AssertionError broken(String format, Object... about) {
        return new AssertionError(String.format(format, about));
    }

    static void same(Object where, String what, Object actual, Object expected) {
        if (Objects.equals(actual, expected)) return;
        throw broken("%s: %s is %s, not %s", where, what, actual, expected);
    }

    private static void same(Object where, String what, long actual, long expected) {
        if (actual == expected) return;
        throw broken("%s: %s is %d, not %d", where, what, actual, expected);
    }

    static void check(Node node) {
        Model model = node.model;
        same("node", "events", node.events, model.events);
        node.events.clear();
        model.events.clear();
        for (TopicName name : node.touched) {
            List<TopicStats> is = node.broker.stats(name, null, true);
            ModelTopic expected = model.topics.get(name);
            same(name, "topics", is.size(), expected == null ? 0 : 1);
            for (TopicStats topic : is) check(topic, expected);
        }
        node.touched.clear();
    }

    /** What no topic shows. */
    static void checkWhole(Node node) {
        Model model = node.model;
        same("node", "topics", node.broker.stats(null, null, false).size(), model.topics.size());
        List<ClientStats> publishers = node.broker.publishers();
        same("node", "publishers", publishers.size(), model.published.size());
        for (ClientStats publisher : publishers) {
            long connection = publisher.settings().connection();
            same(connection, "PUBs", publisher.publishCounts(), model.published.get(connection));
        }
    }

    private static void check(TopicStats is, ModelTopic topic) {
        same("node", "topic", is.name(), topic.name);
        same(topic.name, "depth", is.depth(), topic.backlog.size());
        same(topic.name, "message count", is.messageCount(), topic.messageCount);
        same(topic.name, "message bytes", is.messageBytes(), topic.messageBytes);
        same(topic.name, "dropped count", is.droppedCount(), topic.droppedCount);
        same(topic.name, "paused", is.paused(), topic.paused);
        topic.observe(is.diskDepth());
        same(topic.name, "channels", is.channels().size(), topic.channels.size());
        Iterator<ModelChannel> expected = topic.channels.values().iterator();
        for (ChannelStats channel : is.channels()) check(channel, expected.next());
    }

    private static void check(ChannelStats is, ModelChannel channel) {
        same(channel.topic.name, "channel", is.name(), channel.name);
        channel.waiting.observe(is.diskDepth());
        checkWaiting(is, channel);
        same(channel, "in flight", is.inFlightCount(), channel.inFlight.size());
        same(channel, "message count", is.messageCount(), channel.messageCount);
        same(channel, "requeue count", is.requeueCount(), channel.requeueCount);
        same(channel, "timeout count", is.timeoutCount(), channel.timeoutCount);
        same(channel, "delivery count", is.deliveries().total(), channel.deliveryCount);
        same(channel, "dropped count", is.droppedCount(), channel.droppedCount);
        same(channel, "paused", is.paused(), channel.paused);
        same(channel, "client count", is.clientCount(), channel.consumers.size());
        Iterator<ModelConsumer> expected = channel.consumers.iterator();
        for (ClientStats client : is.clients()) check(client, expected.next());
    }

    /** What is read from the log may turn out to be deferred, or to be so no longer. */
    private static void checkWaiting(ChannelStats is, ModelChannel channel) {
        int deferred = channel.waiting.deferred.size();
        int queued = channel.waiting.queued.size();
        same(channel, "waiting", is.depth() + is.deferredCount(), queued + deferred);
        long heldBack = channel.waiting.heldBack();
        long unknown = is.depth() - queued;
        if (unknown < 0 || unknown > heldBack) {
            throw broken("%s: depth is %d, not %d", channel, is.depth(), queued);
        }
    }

    private static void check(ClientStats is, ModelConsumer consumer) {
        int state = consumer.closing ? ClientStats.CLOSING : ClientStats.SUBSCRIBED;
        same(consumer, "connection", is.settings().connection(), consumer.connection);
        same(consumer, "state", is.state(), state);
        same(consumer, "ready", is.readyCount(), consumer.ready);
        same(consumer, "in flight", is.inFlightCount(), consumer.inFlight.size());
        same(consumer, "message count", is.messageCount(), consumer.messageCount);
        same(consumer, "finish count", is.finishCount(), consumer.finishCount);
        same(consumer, "requeue count", is.requeueCount(), consumer.requeueCount);
    }

    /** Nothing is left anywhere, and each message that is gone went as it should, once. */
    static void checkDrained(Model model) {
        for (ModelTopic topic : model.topics.values()) {
            same(topic.name, "backlog", topic.backlog.size(), 0);
            topic.channels.values().forEach(Checker::checkDrained);
        }
    }

    private static void checkDrained(ModelChannel channel) {
        long finished = 0;
        for (Copy copy : channel.copies.values()) {
            switch (copy.state) {
                case FINISHED -> finished++;
                case EMPTIED, DROPPED -> {}
                default -> throw broken("%s: %s is %s at the end", channel, copy, copy.state);
            }
        }
        same(channel, "finished", finished, channel.finishCount);
        same(channel, "messages", channel.copies.size(), channel.messageCount);
    }
}
