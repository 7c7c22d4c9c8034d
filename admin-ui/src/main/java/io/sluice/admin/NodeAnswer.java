package io.sluice.admin;

import java.util.List;

/** What a queue daemon answers, as far as it is used. */
final class NodeAnswer {
    private NodeAnswer() {}

    /** {@code GET /info}. */
    record Info(
            String version,
            String broadcastAddress,
            String hostname,
            int httpPort,
            int tcpPort,
            String topologyZone,
            String topologyRegion) {
        /** The same as a lookup node would tell it. */
        LookupAnswer.Producer producer() {
            return new LookupAnswer.Producer(
                    "",
                    hostname,
                    broadcastAddress,
                    tcpPort,
                    httpPort,
                    version,
                    topologyZone,
                    topologyRegion,
                    List.of(),
                    List.of());
        }
    }

    /** {@code GET /stats?format=json}; the start time is in seconds since 1970. */
    record Stats(String version, String health, long startTime, List<Topic> topics) {
        Stats {
            version = version == null ? "" : version;
            health = health == null ? "" : health;
            topics = topics == null ? List.of() : List.copyOf(topics);
        }
    }

    /** A topic; its depth is what waits for a channel, its messages are all since the start. */
    record Topic(
            String topicName,
            long depth,
            long backendDepth,
            long messageCount,
            boolean paused,
            List<Channel> channels) {
        Topic {
            channels = channels == null ? List.of() : List.copyOf(channels);
        }
    }

    /** A channel; the last four before {@code paused} but one count since the start. */
    record Channel(
            String channelName,
            long depth,
            long backendDepth,
            long inFlightCount,
            long deferredCount,
            long messageCount,
            long requeueCount,
            long timeoutCount,
            long clientCount,
            boolean paused) {}
}
