package io.sluice.nsqd.core;

import static io.sluice.nsqd.core.TestBroker.CHANNEL;
import static io.sluice.nsqd.core.TestBroker.MS;
import static io.sluice.nsqd.core.TestBroker.START;
import static io.sluice.nsqd.core.TestBroker.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LatenciesTest {
    /** All that is measured, in any channel. */
    private final List<Long> measuredMs = new ArrayList<>();

    private final TestBroker broker = new TestBroker(settings(TestBroker.settings(10, 0, false)));

    private BrokerSettings settings(BrokerSettings usual) {
        return new BrokerSettings(
                usual.nodeId(),
                usual.memory(),
                usual.maxMsgTimeoutNs(),
                usual.maxChannelConsumers(),
                usual.heldUntilOpened(),
                usual.backlog(),
                usual.durability(),
                usual.topology(),
                Measuring::new);
    }

    private final class Measuring implements Latencies {
        @Override
        public void add(long latencyNs, long nowNs) {
            measuredMs.add(latencyNs / MS);
        }

        @Override
        public LatencyStats stats(List<Latencies> others, long nowNs) {
            return new LatencyStats(1 + others.size(), List.of());
        }
    }

    @Test
    void aMessageIsMeasuredFromPublicationToFinishThroughAllThatHappensToIt() throws Refused {
        TestClient consumer = broker.consumer(CHANNEL, 1);
        broker.publish("m");
        consumer.req("m", 0, START + 100 * MS);
        assertThat(measuredMs).isEmpty();
        consumer.fin("m", START + 250 * MS);
        assertThat(measuredMs).containsExactly(250L);
    }

    @Test
    void theTopicIsMeasuredOverAllItsChannels() throws Refused {
        broker.publish("m");
        assertThat(latency()).isEqualTo(LatencyStats.NONE);
        broker.broker.createChannel(TOPIC, CHANNEL, START);
        broker.broker.createChannel(TOPIC, TestBroker.OTHER, START);
        assertThat(latency().count()).isEqualTo(2);
    }

    private LatencyStats latency() {
        return broker.broker.stats(TOPIC, null, false, START).get(0).latency();
    }

    @Test
    void whoDoesNotAskForLatenciesGetsNone() throws Refused {
        broker.publish("m");
        broker.broker.createChannel(TOPIC, CHANNEL, START);
        TopicStats topic = broker.broker.stats(TOPIC, null, false).get(0);
        assertThat(topic.latency()).isEqualTo(LatencyStats.NONE);
        assertThat(topic.channels().get(0).latency()).isEqualTo(LatencyStats.NONE);
    }
}
