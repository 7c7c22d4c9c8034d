package io.sluice.lookupd;

import static io.sluice.protocol.ErrorCode.E_BAD_BODY;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.lookupd.registry.Identity;
import io.sluice.protocol.Bytes;
import io.sluice.protocol.ProtocolException;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** The bodies of IDENTIFY in both directions. */
final class IdentityJson {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private IdentityJson() {}

    /** What a queue daemon says of itself; throws what it is told when that is not enough. */
    static Identity read(Bytes json) {
        JsonNode body = tree(json);
        Identity identity =
                new Identity(
                        text(body, "broadcast_address"),
                        text(body, "hostname"),
                        new Identity.Ports(port(body, "tcp_port"), port(body, "http_port")),
                        text(body, "version"),
                        text(body, "topology_zone"),
                        text(body, "topology_region"));
        if (identity.broadcastAddress().isEmpty()
                || identity.ports().tcp() == 0
                || identity.ports().http() == 0
                || identity.version().isEmpty()) {
            throw E_BAD_BODY.because("IDENTIFY missing fields");
        }
        return identity;
    }

    private static JsonNode tree(Bytes json) {
        try {
            JsonNode body = JSON.readTree(json.toArray());
            if (body.isObject() || body.isNull()) return body;
            throw notReadable();
        } catch (IOException e) {
            throw notReadable();
        }
    }

    private static ProtocolException notReadable() {
        return E_BAD_BODY.because("IDENTIFY failed to decode JSON body");
    }

    private static String text(JsonNode body, String key) {
        JsonNode value = body.get(key);
        if (value == null || value.isNull()) return "";
        if (!value.isTextual()) throw notReadable();
        return value.textValue();
    }

    private static int port(JsonNode body, String key) {
        JsonNode value = body.get(key);
        if (value == null || value.isNull()) return 0;
        if (!value.isInt()) throw notReadable();
        return value.intValue();
    }

    /** What this daemon says of itself. */
    static Bytes greeting(Address self, int tcpPort, String version) {
        Map<String, Object> body = new TreeMap<>();
        body.put("broadcast_address", self.broadcastAddress());
        body.put("hostname", self.hostname());
        body.put("http_port", self.httpPort());
        body.put("tcp_port", tcpPort);
        body.put("version", version);
        try {
            return Bytes.wrap(JSON.writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /** Where this daemon is reached. */
    record Address(String broadcastAddress, String hostname, int httpPort) {}
}
