package io.sluice.admin.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.admin.cluster.Json;
import java.util.Map;

/** The difference between two trees as a JSON merge patch (RFC 7396). Trees hold no null. */
final class MergePatch {
    private MergePatch() {}

    /** What makes {@code to} of {@code from}; empty when they are equal. */
    static ObjectNode between(ObjectNode from, ObjectNode to) {
        ObjectNode patch = Json.object();
        for (Map.Entry<String, JsonNode> entry : to.properties()) {
            JsonNode before = from.get(entry.getKey());
            JsonNode now = entry.getValue();
            if (now.equals(before)) continue;
            if (before instanceof ObjectNode old && now instanceof ObjectNode changed) {
                patch.set(entry.getKey(), between(old, changed));
            } else {
                patch.set(entry.getKey(), now);
            }
        }
        for (Map.Entry<String, JsonNode> entry : from.properties()) {
            if (!to.has(entry.getKey())) patch.putNull(entry.getKey());
        }
        return patch;
    }
}
