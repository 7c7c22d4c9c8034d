package io.sluice.lookupd;

import io.sluice.lookupd.registry.Identity;
import io.sluice.lookupd.registry.Producer;
import io.sluice.lookupd.registry.Registration;
import io.sluice.lookupd.registry.Registry;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.TopicName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The whole registry, as {@code /debug} shows it: key to producers, where there are any. */
final class DebugView {
    private final Registry registry;

    DebugView(Registry registry) {
        this.registry = registry;
    }

    Map<String, List<Map<String, Object>>> keys() {
        Map<String, List<Map<String, Object>>> keys = new LinkedHashMap<>();
        put(keys, "client::", registry.producers().stream().map(p -> entry(p, null)).toList());
        for (TopicName topic : registry.topics()) {
            put(
                    keys,
                    "topic:" + topic + ":",
                    registry.registrations(topic).stream()
                            .map(r -> entry(r.producer(), r))
                            .toList());
            for (ChannelName channel : registry.channels(topic)) {
                put(
                        keys,
                        "channel:" + topic + ":" + channel,
                        registry.producers(topic, channel).stream()
                                .map(p -> entry(p, null))
                                .toList());
            }
        }
        return keys;
    }

    private static void put(
            Map<String, List<Map<String, Object>>> keys,
            String key,
            List<Map<String, Object>> entries) {
        if (!entries.isEmpty()) keys.put(key, entries);
    }

    /** Only topics can be tombstoned; elsewhere {@code registration} is null. */
    private static Map<String, Object> entry(Producer producer, Registration registration) {
        Identity identity = producer.identity();
        Map<String, Object> entry = new TreeMap<>();
        entry.put("id", producer.remoteAddress());
        entry.put("hostname", identity.hostname());
        entry.put("broadcast_address", identity.broadcastAddress());
        entry.put("tcp_port", identity.ports().tcp());
        entry.put("http_port", identity.ports().http());
        entry.put("version", identity.version());
        entry.put("topology_zone", identity.topologyZone());
        entry.put("topology_region", identity.topologyRegion());
        entry.put("last_update", producer.lastUpdateNs());
        entry.put("tombstoned", registration != null && registration.isTombstoned());
        entry.put("tombstoned_at", registration == null ? 0 : registration.tombstonedAtNs());
        return entry;
    }
}
