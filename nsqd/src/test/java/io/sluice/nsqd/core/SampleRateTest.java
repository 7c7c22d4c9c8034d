package io.sluice.nsqd.core;

import static io.sluice.nsqd.core.TestBroker.CHANNEL;
import static io.sluice.nsqd.core.TestBroker.START;
import static io.sluice.nsqd.core.TestBroker.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class SampleRateTest {
    private static final int MESSAGES = 10_000;

    private final TestBroker broker = new TestBroker();

    @Test
    void aConsumerGetsItsShareAndTheRestIsCountedAndGone() throws Exception {
        TestClient sampling = sampling(19);
        publishMany();

        ChannelStats channel = broker.channel();
        int taken = sampling.pushed.size();
        // One in five, as NSQ counts it; ten standard deviations either way.
        assertThat(taken).isBetween(1_600, 2_400);
        assertThat(channel.sampledOutCount()).isEqualTo(MESSAGES - taken);
        assertThat(channel.depth()).isZero();
        assertThat(channel.inFlightCount()).isEqualTo(taken);
    }

    @Test
    void consumersDrawIndependently() throws Exception {
        TestClient one = sampling(49);
        TestClient other = sampling(49);
        publishMany();
        var both = new HashSet<>(one.bodies());
        both.addAll(other.bodies());

        assertThat(both).hasSize(one.pushed.size() + other.pushed.size());
        assertThat(one.pushed.size()).isBetween(2_100, 2_900);
        assertThat(other.pushed.size()).isBetween(2_100, 2_900);
    }

    @Test
    void aMessageThatWasSentIsSentAgain() throws Exception {
        TestClient sampling = sampling(0);
        publishMany();
        assertThat(sampling.pushed).hasSize(MESSAGES);

        TestClient one = sampling(1);
        sampling.session.close(START);
        List<String> first = one.bodies();
        one.pushed.clear();
        broker.broker.tick(START + TestBroker.MSG_TIMEOUT_MS * TestBroker.MS);

        assertThat(first).isNotEmpty();
        assertThat(one.bodies()).containsExactlyInAnyOrderElementsOf(first);
    }

    private TestClient sampling(int rate) {
        return broker.connectSampling(rate).sub(TOPIC, CHANNEL, START).rdy(MESSAGES, START);
    }

    private void publishMany() throws Exception {
        for (int i = 0; i < MESSAGES; i++) broker.publish("message " + i);
    }
}
