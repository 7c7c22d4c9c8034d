package io.sluice.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.sluice.admin.LookupAnswer.NodeTopic;
import java.util.List;

/** NSQ's {@code GET /api/nodes}: key order and nulls are its own. */
record NodeList(List<Node> nodes, String message) {
    /** One queue daemon; its zone and region are left out when empty. */
    record Node(
            List<String> remoteAddresses,
            String remoteAddress,
            String hostname,
            String broadcastAddress,
            int tcpPort,
            int httpPort,
            String version,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String topologyZone,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String topologyRegion,
            List<NodeTopic> topics,
            boolean outOfDate) {}
}
