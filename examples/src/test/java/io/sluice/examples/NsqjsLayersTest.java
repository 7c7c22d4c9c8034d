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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** nsqjs over TLS, compressed, and with a secret. Needs node: {@code -Pinterop}. */
@Tag("node")
class NsqjsLayersTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int COUNT = 100;

    private static final Cluster CLUSTER = new Cluster();

    private static Guarded guarded;
    private static Running plain;
    private static Running strict;

    @BeforeAll
    static void startDaemons() throws Exception {
        guarded = new Guarded();
        CLUSTER.lookupd();
        plain = CLUSTER.nsqd();
        strict = CLUSTER.nsqd(guarded.flags());
    }

    @AfterAll
    static void stopDaemons() {
        CLUSTER.close();
        guarded.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"snappy", "deflate"})
    void compressed(String codec) throws Exception {
        publishAndConsume(plain, codec, Map.of(codec, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "snappy", "deflate"})
    void encryptedAndWithASecret(String codec) throws Exception {
        Map<String, Object> options = new HashMap<>();
        options.put("tls", true);
        options.put("tlsVerification", false);
        options.put("authSecret", Guarded.SECRET);
        if (!codec.isEmpty()) options.put(codec, true);
        publishAndConsume(strict, "tls" + codec, options);
    }

    @Test
    void levelOfDeflate() throws Exception {
        publishAndConsume(plain, "level", Map.of("deflate", true, "deflateLevel", 1));
    }

    private void publishAndConsume(Running nsqd, String topic, Map<String, Object> options)
            throws Exception {
        List<String> lines =
                IntStream.range(0, COUNT)
                        .mapToObj(i -> "message " + i + " of some length".repeat(i))
                        .toList();
        Map<String, Object> publishing = new HashMap<>();
        publishing.put("host", "127.0.0.1");
        publishing.put("port", nsqd.tcp().port());
        publishing.put("topic", topic);
        publishing.put("mode", "batch");
        publishing.put("options", options);
        Node.run("publisher.js", JSON.writeValueAsString(publishing), String.join("\n", lines));

        Map<String, Object> reading = new HashMap<>(options);
        reading.put("lookupdHTTPAddresses", CLUSTER.lookupdHttp());
        reading.put("lookupdPollInterval", 1);
        Map<String, Object> task = new HashMap<>();
        task.put("topic", topic);
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
