package io.sluice.admin.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;

/** What a queue daemon answers, as far as it is used. */
public final class NodeAnswer {
    private NodeAnswer() {}

    /** {@code GET /info}; {@code features} is what a daemon can do that NSQ's cannot. */
    public record Info(
            String version,
            String broadcastAddress,
            String hostname,
            int httpPort,
            int tcpPort,
            String topologyZone,
            String topologyRegion,
            List<String> features) {
        /** What is missing is empty. */
        public Info {
            features = features == null ? List.of() : List.copyOf(features);
        }

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
    public record Stats(String version, String health, long startTime, List<Topic> topics) {
        /** What is missing is empty. */
        public Stats {
            version = version == null ? "" : version;
            health = health == null ? "" : health;
            topics = topics == null ? List.of() : List.copyOf(topics);
        }
    }

    /**
     * A topic; its oldest message was published so many nanoseconds after the epoch, 0 where nobody
     * says; its depth is what waits for a channel, its messages are all since the start.
     */
    public record Topic(
            String topicName,
            long depth,
            long backendDepth,
            long messageCount,
            long messageBytes,
            long oldestTimestamp,
            boolean paused,
            List<Channel> channels,
            JsonNode e2eProcessingLatency) {
        /** What is missing is empty. */
        public Topic {
            channels = channels == null ? List.of() : List.copyOf(channels);
            e2eProcessingLatency = orMissing(e2eProcessingLatency);
        }
    }

    /** A channel; messages, requeued and timed out are counts since the start. */
    public record Channel(
            String channelName,
            long depth,
            long backendDepth,
            long inFlightCount,
            long deferredCount,
            long messageCount,
            long requeueCount,
            long timeoutCount,
            long clientCount,
            long zoneLocalMsgCount,
            long regionLocalMsgCount,
            long globalMsgCount,
            long oldestTimestamp,
            long oldestInFlightTimestamp,
            boolean paused,
            List<Client> clients,
            JsonNode e2eProcessingLatency) {
        /** What is missing is empty. */
        public Channel {
            clients = clients == null ? List.of() : List.copyOf(clients);
            e2eProcessingLatency = orMissing(e2eProcessingLatency);
        }
    }

    /** A consumer; {@code connectTs} is in seconds since 1970. */
    public record Client(
            String clientId,
            String hostname,
            String version,
            String remoteAddress,
            String userAgent,
            int state,
            long readyCount,
            long inFlightCount,
            long messageCount,
            long finishCount,
            long requeueCount,
            long connectTs,
            int sampleRate,
            boolean deflate,
            boolean snappy,
            boolean authed,
            String authIdentity,
            String authIdentityUrl,
            boolean tls,
            String tlsCipherSuite,
            String tlsVersion,
            String tlsNegotiatedProtocol,
            boolean tlsNegotiatedProtocolIsMutual,
            String topologyRegion,
            String topologyZone) {
        /** What tells it from all other connections of its daemon. */
        public String key() {
            return remoteAddress + "/" + connectTs;
        }

        /** Messages that came back because their time was up: what no other count explains. */
        public long timedOut() {
            return Math.max(0, messageCount - finishCount - requeueCount - inFlightCount);
        }
    }

    private static JsonNode orMissing(JsonNode node) {
        return node == null ? MissingNode.getInstance() : node;
    }
}
