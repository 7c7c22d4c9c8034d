package io.sluice.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.daemon.Running;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** nsqjs over TLS, compressed, and with a secret. Needs node: {@code -Pinterop}. */
@Tag("node")
class NsqjsLayersTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int COUNT = 100;

    private final Cluster cluster = new Cluster();

    @BeforeEach
    void start() {
        cluster.lookupd();
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"snappy", "deflate"})
    void compressed(String codec) throws Exception {
        publishAndConsume(cluster.nsqd(), Map.of(codec, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "snappy", "deflate"})
    void encryptedAndWithASecret(String codec) throws Exception {
        try (Guarded guarded = new Guarded()) {
            Map<String, Object> options = new HashMap<>();
            options.put("tls", true);
            options.put("tlsVerification", false);
            options.put("authSecret", Guarded.SECRET);
            if (!codec.isEmpty()) options.put(codec, true);
            publishAndConsume(cluster.nsqd(guarded.flags()), options);
        }
    }

    @Test
    void levelOfDeflate() throws Exception {
        publishAndConsume(cluster.nsqd(), Map.of("deflate", true, "deflateLevel", 1));
    }

    private void publishAndConsume(Running nsqd, Map<String, Object> options) throws Exception {
        List<String> lines =
                IntStream.range(0, COUNT)
                        .mapToObj(i -> "message " + i + " of some length".repeat(i))
                        .toList();
        Map<String, Object> publishing = new HashMap<>();
        publishing.put("host", "127.0.0.1");
        publishing.put("port", nsqd.tcp().port());
        publishing.put("topic", "t");
        publishing.put("mode", "batch");
        publishing.put("options", options);
        Node.run("publisher.js", JSON.writeValueAsString(publishing), String.join("\n", lines));

        Map<String, Object> reading = new HashMap<>(options);
        reading.put("lookupdHTTPAddresses", cluster.lookupdHttp());
        reading.put("lookupdPollInterval", 1);
        Map<String, Object> task = new HashMap<>();
        task.put("topic", "t");
        task.put("channel", "c");
        task.put("count", COUNT);
        task.put("first", "finish");
        task.put("options", reading);
        List<String> bodies = new ArrayList<>();
        for (String line : Node.run("consumer.js", JSON.writeValueAsString(task), "")) {
            String body = JSON.readTree(line).path("body").asText();
            bodies.add(new String(Base64.getDecoder().decode(body)));
        }
        assertThat(bodies).containsExactlyInAnyOrderElementsOf(lines);
    }
}
