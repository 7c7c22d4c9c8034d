package io.sluice.lookupd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.lookupd.registry.Identity;
import io.sluice.lookupd.registry.Producer;
import io.sluice.lookupd.registry.Registry;
import io.sluice.protocol.TopicName;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What is kept of producers is never old. */
class ProducersJsonTest {
    private static final long LIFETIME_NS = 100;
    private static final TopicName T = new TopicName("t");
    private static final TopicName U = new TopicName("u");

    private final Registry registry = new Registry(Long.MAX_VALUE, LIFETIME_NS);
    private final ProducersJson json = new ProducersJson();
    private final Producer producer =
            new Producer(
                    "127.0.0.1:9",
                    new Identity("b", "h \"quoted\"", new Identity.Ports(1, 2), "v", "z", "r"),
                    0);

    private JsonNode node(long nowNs) throws IOException {
        byte[] nodes =
                json.nodes(registry.nodes(nowNs), r -> registry.isHidden(r, nowNs)).getBytes();
        return new ObjectMapper().readTree(nodes).get(0);
    }

    @Test
    void aProducerIsShownWithTheTopicsThatItHasNow() throws IOException {
        registry.add(producer);
        assertThat(node(0).get("hostname").textValue()).isEqualTo("h \"quoted\"");
        assertThat(node(0).get("topics").toString()).isEqualTo("[]");
        registry.register(producer, T, null);
        registry.register(producer, U, null);
        assertThat(node(0).get("topics").toString()).isEqualTo("[\"t\",\"u\"]");
        registry.unregister(producer, T, null);
        assertThat(node(0).get("topics").toString()).isEqualTo("[\"u\"]");
        registry.delete(U);
        assertThat(node(0).get("topics").toString()).isEqualTo("[]");
    }

    @Test
    void tombstonesComeAndLapse() throws IOException {
        registry.add(producer);
        registry.register(producer, T, null);
        registry.register(producer, U, null);
        assertThat(node(0).get("tombstones").toString()).isEqualTo("[false,false]");
        registry.tombstone(T, "b:2", 0);
        assertThat(node(0).get("tombstones").toString()).isEqualTo("[true,false]");
        assertThat(node(LIFETIME_NS).get("tombstones").toString()).isEqualTo("[false,false]");
    }
}
