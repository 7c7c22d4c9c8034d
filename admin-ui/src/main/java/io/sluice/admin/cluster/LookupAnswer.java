package io.sluice.admin.cluster;

import io.sluice.daemon.HostAndPort;
import java.util.ArrayList;
import java.util.List;

/** What a lookup node answers, as far as it is used. */
public final class LookupAnswer {
    private LookupAnswer() {}

    /** {@code GET /topics}. */
    public record Topics(List<String> topics) {
        /** What is missing is empty. */
        public Topics {
            topics = topics == null ? List.of() : List.copyOf(topics);
        }
    }

    /** {@code GET /channels?topic=}. */
    public record Channels(List<String> channels) {
        /** A missing list is an empty one. */
        public Channels {
            channels = channels == null ? List.of() : List.copyOf(channels);
        }
    }

    /** {@code GET /nodes}. */
    public record Nodes(List<Producer> producers) {
        /** What is missing is empty. */
        public Nodes {
            producers = producers == null ? List.of() : List.copyOf(producers);
        }
    }

    /** One queue daemon; {@code tombstones} has an entry for each of {@code topics}. */
    public record Producer(
            String remoteAddress,
            String hostname,
            String broadcastAddress,
            int tcpPort,
            int httpPort,
            String version,
            String topologyZone,
            String topologyRegion,
            List<Boolean> tombstones,
            List<String> topics) {
        /** What is missing is empty. */
        public Producer {
            remoteAddress = orEmpty(remoteAddress);
            hostname = orEmpty(hostname);
            broadcastAddress = orEmpty(broadcastAddress);
            version = orEmpty(version);
            topologyZone = orEmpty(topologyZone);
            topologyRegion = orEmpty(topologyRegion);
            tombstones = tombstones == null ? List.of() : List.copyOf(tombstones);
            topics = topics == null ? List.of() : List.copyOf(topics);
        }

        /** Where its HTTP API is; null when it has none, as one that listens on a Unix socket. */
        public HostAndPort http() {
            if (broadcastAddress.isEmpty() || httpPort <= 0 || httpPort > 65_535) return null;
            return new HostAndPort(broadcastAddress, httpPort);
        }

        /** Its topics, each with whether it is hidden from consumers. */
        public List<NodeTopic> nodeTopics() {
            List<NodeTopic> all = new ArrayList<>();
            for (int i = 0; i < topics.size(); i++) {
                all.add(new NodeTopic(topics.get(i), i < tombstones.size() && tombstones.get(i)));
            }
            return all;
        }

        private static String orEmpty(String text) {
            return text == null ? "" : text;
        }
    }

    /** A topic of one queue daemon. */
    public record NodeTopic(String topic, boolean tombstoned) {}
}
