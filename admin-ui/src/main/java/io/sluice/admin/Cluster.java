package io.sluice.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A cluster at one moment, summed over its queue daemons: what the page shows.
 *
 * @param lookups how many lookup nodes were asked; 0 when the queue daemons were given directly
 * @param problems what is missing from the numbers and why, a sentence each
 */
record Cluster(
        List<Topic> topics, List<Node> nodes, Totals totals, int lookups, List<String> problems) {

    /**
     * A topic of all daemons that have it.
     *
     * @param depth what waits for a first channel, or is held while the topic is paused
     * @param nodes how many daemons have it; 0 when only lookup nodes know its name
     */
    record Topic(
            String name,
            long depth,
            long backendDepth,
            long messages,
            int nodes,
            int pausedNodes,
            List<Channel> channels) {

        static Topic named(String name) {
            return new Topic(name, 0, 0, 0, 0, 0, List.of());
        }

        static Topic of(NodeAnswer.Topic on) {
            return new Topic(
                    on.topicName(),
                    on.depth(),
                    on.backendDepth(),
                    on.messageCount(),
                    1,
                    on.paused() ? 1 : 0,
                    on.channels().stream().map(Channel::of).toList());
        }

        Topic plus(Topic other) {
            return new Topic(
                    name,
                    depth + other.depth,
                    backendDepth + other.backendDepth,
                    messages + other.messages,
                    nodes + other.nodes,
                    pausedNodes + other.pausedNodes,
                    sum(channels, other.channels));
        }

        private static List<Channel> sum(List<Channel> some, List<Channel> others) {
            Map<String, Channel> all = new TreeMap<>();
            for (Channel channel : some) all.merge(channel.name(), channel, Channel::plus);
            for (Channel channel : others) all.merge(channel.name(), channel, Channel::plus);
            return new ArrayList<>(all.values());
        }
    }

    /** A channel of all daemons that have it. */
    record Channel(
            String name,
            long depth,
            long backendDepth,
            long inFlight,
            long deferred,
            long requeued,
            long timedOut,
            long messages,
            long consumers,
            int nodes,
            int pausedNodes) {

        static Channel of(NodeAnswer.Channel on) {
            return new Channel(
                    on.channelName(),
                    on.depth(),
                    on.backendDepth(),
                    on.inFlightCount(),
                    on.deferredCount(),
                    on.requeueCount(),
                    on.timeoutCount(),
                    on.messageCount(),
                    on.clientCount(),
                    1,
                    on.paused() ? 1 : 0);
        }

        Channel plus(Channel other) {
            return new Channel(
                    name,
                    depth + other.depth,
                    backendDepth + other.backendDepth,
                    inFlight + other.inFlight,
                    deferred + other.deferred,
                    requeued + other.requeued,
                    timedOut + other.timedOut,
                    messages + other.messages,
                    consumers + other.consumers,
                    nodes + other.nodes,
                    pausedNodes + other.pausedNodes);
        }
    }

    /**
     * A queue daemon.
     *
     * @param address where its HTTP API is
     * @param problem why its numbers are missing; null when they are there
     * @param startTime in seconds since 1970; 0 when it did not answer
     * @param registeredAt how many lookup nodes know it
     */
    record Node(
            String address,
            String hostname,
            String version,
            String problem,
            String health,
            long startTime,
            int registeredAt,
            int topics,
            int tombstonedTopics,
            long depth,
            long inFlight,
            long messages,
            long consumers) {}

    /** Sums over everything; the depth is that of topics and of channels. */
    record Totals(long depth, long inFlight, long deferred, long messages, long consumers) {
        static Totals of(List<Topic> topics) {
            long depth = 0;
            long inFlight = 0;
            long deferred = 0;
            long messages = 0;
            long consumers = 0;
            for (Topic topic : topics) {
                depth += topic.depth();
                messages += topic.messages();
                for (Channel channel : topic.channels()) {
                    depth += channel.depth();
                    inFlight += channel.inFlight();
                    deferred += channel.deferred();
                    consumers += channel.consumers();
                }
            }
            return new Totals(depth, inFlight, deferred, messages, consumers);
        }
    }
}
