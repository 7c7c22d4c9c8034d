package io.sluice.lookupd;

import io.sluice.lookupd.registry.Identity;
import io.sluice.lookupd.registry.Producer;
import java.util.LinkedHashMap;
import java.util.Map;

/** The form of a producer in answers, its keys in NSQ's order. */
final class ProducerJson {
    private ProducerJson() {}

    static Map<String, Object> of(Producer producer) {
        Identity identity = producer.identity();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("remote_address", producer.remoteAddress());
        json.put("hostname", identity.hostname());
        json.put("broadcast_address", identity.broadcastAddress());
        json.put("tcp_port", identity.ports().tcp());
        json.put("http_port", identity.ports().http());
        json.put("version", identity.version());
        json.put("topology_zone", identity.topologyZone());
        json.put("topology_region", identity.topologyRegion());
        return json;
    }

    static Map<String, Object> ordered(String key, Object value, String nextKey, Object nextValue) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(key, value);
        json.put(nextKey, nextValue);
        return json;
    }
}
