package io.sluice.nsqd.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.daemon.HostAndPort;
import io.sluice.protocol.stream.DeflatePacker;
import io.sluice.protocol.stream.DeflateUnpacker;
import io.sluice.protocol.stream.SnappyPacker;
import io.sluice.protocol.stream.SnappyUnpacker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javax.net.ssl.SSLContext;

/** Clients that ask for TLS or compression, and change to what they get. */
final class Layered {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** All that can be asked for in IDENTIFY. */
    static final List<String> ALL =
            List.of(
                    "\"tls_v1\":true",
                    "\"snappy\":true",
                    "\"deflate\":true",
                    "\"tls_v1\":true,\"snappy\":true",
                    "\"tls_v1\":true,\"deflate\":true,\"deflate_level\":1");

    private Layered() {}

    /** A client that has got all that it asked for. */
    static TestClient connect(HostAndPort address, String wanted, SSLContext context) {
        TestClient client = TestClient.connect(address);
        JsonNode answer = negotiate(client, wanted);
        for (String key : new String[] {"tls_v1", "snappy", "deflate"}) {
            assertThat(answer.get(key).booleanValue()).isEqualTo(wanted.contains(key + "\":true"));
        }
        change(client, answer, context);
        return client;
    }

    static JsonNode negotiate(TestClient client, String fields) {
        String json = "{\"feature_negotiation\":true," + fields + "}";
        return read(client.identify(json));
    }

    static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Does what the answer to IDENTIFY says, and expects an OK for each layer. */
    static void change(TestClient client, JsonNode answer, SSLContext context) {
        if (answer.get("tls_v1").booleanValue()) {
            client.wire().secure(context);
            client.expectOk();
        }
        if (answer.get("snappy").booleanValue()) {
            client.compress(new SnappyPacker(), new SnappyUnpacker());
            client.expectOk();
        }
        if (answer.get("deflate").booleanValue()) {
            client.compress(new DeflatePacker(6), new DeflateUnpacker());
            client.expectOk();
        }
    }
}
