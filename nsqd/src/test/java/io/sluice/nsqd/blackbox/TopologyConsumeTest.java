package io.sluice.nsqd.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.protocol.TopicName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Consumers that are near a daemon, and others. */
@Execution(ExecutionMode.CONCURRENT)
@OwnDaemonOnly("needs --enable-experiment")
class TopologyConsumeTest {
    private static final String[] HERE = {"--topology-region=north", "--topology-zone=n1"};

    private final TopicName topic = Target.newTopic();

    private TestClient consumer(OwnNsqd nsqd, String region, String zone) {
        TestClient client = nsqd.connect();
        client.identify(
                "{\"topology_region\":\"" + region + "\",\"topology_zone\":\"" + zone + "\"}");
        return client.subscribe(topic, Target.CHANNEL, 2).expectQuiet();
    }

    @Test
    void theNearestWhoIsReadyIsServedFirst() {
        try (OwnNsqd nsqd =
                        OwnNsqd.start(
                                "--enable-experiment=topology-aware-consumption",
                                HERE[0],
                                HERE[1]);
                TestClient far = consumer(nsqd, "south", "s1");
                TestClient near = consumer(nsqd, "north", "n2");
                TestClient nearest = consumer(nsqd, "north", "n1");
                TestClient publisher = nsqd.connect()) {
            publisher.publish(topic, "1", "2", "3", "4", "5");
            nearest.message("1");
            nearest.message("2");
            near.message("3");
            near.message("4");
            far.message("5");
            JsonNode channel = Http.channel(nsqd.http(), topic);
            assertThat(channel.get("zone_local_msg_count").intValue()).isEqualTo(2);
            assertThat(channel.get("region_local_msg_count").intValue()).isEqualTo(2);
            assertThat(channel.get("global_msg_count").intValue()).isEqualTo(1);
            assertThat(channel.at("/clients/2/topology_zone").textValue()).isEqualTo("n1");
        }
    }

    @Test
    void withoutTheExperimentNobodyIsPreferred() {
        try (OwnNsqd nsqd = OwnNsqd.start(HERE);
                TestClient far = consumer(nsqd, "south", "s1");
                TestClient nearest = consumer(nsqd, "north", "n1");
                TestClient publisher = nsqd.connect()) {
            publisher.publish(topic, "1", "2", "3");
            far.message();
            nearest.message();
            JsonNode channel = Http.channel(nsqd.http(), topic);
            assertThat(channel.has("zone_local_msg_count")).isFalse();
            assertThat(channel.get("global_msg_count").intValue()).isEqualTo(3);
        }
    }
}
