package io.sluice.nsqd.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.daemon.Answer;
import io.sluice.daemon.ApiRequest;
import io.sluice.daemon.ApiRouter;
import io.sluice.nsqd.net.ConnectionSettings;

/** {@code /ping} and {@code /info}: is it well, and who is it. */
final class InfoRoutes {
    private static final String HEALTHY = "OK";
    private static final long NS_PER_MS = 1_000_000L;

    private final HttpSettings settings;

    InfoRoutes(HttpSettings settings) {
        this.settings = settings;
    }

    void addTo(ApiRouter router) {
        router.get("/ping", this::ping);
        router.get("/info", this::info);
    }

    private Answer ping(ApiRequest request) {
        String health = settings.health().get();
        return Answer.plain(health.equals(HEALTHY) ? 200 : 500, health);
    }

    private Answer info(ApiRequest request) {
        ConnectionSettings connections = settings.connections().get();
        ObjectNode info = JsonNodeFactory.instance.objectNode();
        info.put("version", connections.version());
        info.put("broadcast_address", settings.broadcastAddress());
        info.put("hostname", settings.hostname());
        info.put("http_port", settings.httpPort().getAsInt());
        info.put("tcp_port", settings.tcpPort().getAsInt());
        info.put("start_time", settings.startTime().toEpochSecond());
        info.put("max_heartbeat_interval", connections.maxHeartbeatMs() * NS_PER_MS);
        info.put("max_output_buffer_size", connections.maxOutputBufferSize());
        info.put("max_output_buffer_timeout", connections.maxOutputBufferTimeoutMs() * NS_PER_MS);
        info.put("max_deflate_level", connections.maxDeflateLevel());
        info.put("topology_zone", connections.topologyZone());
        info.put("topology_region", connections.topologyRegion());
        info.put("durability", settings.durability().toString());
        // What NSQ's daemon cannot do: those who ask can tell.
        info.putArray("features").add("peek").add("oldest").add("requeue").add("move");
        return Answer.json(info);
    }
}
