package io.sluice.nsqd.core;

import static io.sluice.nsqd.core.TestBroker.CHANNEL;
import static io.sluice.nsqd.core.TestBroker.EPHEMERAL;
import static io.sluice.nsqd.core.TestBroker.MS;
import static io.sluice.nsqd.core.TestBroker.OTHER;
import static io.sluice.nsqd.core.TestBroker.START;
import static io.sluice.nsqd.core.TestBroker.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Deferred messages that memory has no room for; small has room for four. */
class DeferralsTest {
    private final TestBroker small = new TestBroker(4);

    private long runs() {
        return small.log().entries.values().stream().filter(LogEntry.Run.class::isInstance).count();
    }

    /** Lets time pass until nothing is due any more. */
    private void passTo(long untilNs) {
        long nowNs = START;
        while (nowNs <= untilNs) {
            long nextNs = small.broker.tick(nowNs);
            small.answer(nowNs);
            nextNs = Math.min(nextNs, small.broker.tick(nowNs));
            nowNs = Math.max(nowNs + 1, nextNs);
        }
    }

    @Test
    void laterOnesGoToTheLogAndComeWhenTheyAreDue() throws Refused {
        TestClient consumer = small.consumer(CHANNEL, 100);
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            small.publishDeferred("m" + (39 - i), 4000 - 100 * i, START);
            expected.add("m" + i);
        }
        assertThat(runs()).isPositive();
        assertThat(small.channel().deferredCount()).isEqualTo(40);
        passTo(START + 99 * MS);
        assertThat(consumer.pushed).isEmpty();
        passTo(START + 4000 * MS);
        assertThat(consumer.bodies()).isEqualTo(expected);
        assertThat(small.channel().deferredCount()).isZero();
    }

    @Test
    void aRequeuedMessageKeepsItsAttemptsThere() throws Refused {
        TestClient consumer = small.consumer(CHANNEL, 100);
        for (int i = 0; i < 6; i++) small.publish("m" + i);
        for (int i = 0; i < 6; i++) consumer.req("m" + i, 1000 + i, START);
        assertThat(runs()).isPositive();
        passTo(START + 2000 * MS);
        assertThat(consumer.pushed.subList(6, 12)).allMatch(p -> p.attempts() == 2);
        assertThat(consumer.bodies().subList(6, 12))
                .containsExactly("m0", "m1", "m2", "m3", "m4", "m5");
    }

    @Test
    void eachChannelHasItsOwn() throws Refused {
        TestClient one = small.consumer(CHANNEL, 100);
        TestClient two = small.consumer(OTHER, 100);
        for (int i = 0; i < 10; i++) small.publishDeferred("m" + i, 1000 + i, START);
        assertThat(small.channel(TOPIC, OTHER).deferredCount()).isEqualTo(10);
        small.broker.emptyChannel(TOPIC, CHANNEL, START);
        assertThat(small.channel().deferredCount()).isZero();
        passTo(START + 2000 * MS);
        assertThat(one.pushed).isEmpty();
        assertThat(two.bodies()).hasSize(10).doesNotHaveDuplicates();
    }

    @Test
    void anEmptiedChannelForgetsARunThatIsBeingRead() throws Refused {
        TestClient consumer = small.consumer(CHANNEL, 100);
        for (int i = 0; i < 10; i++) small.publishDeferred("m" + i, 1000 + i, START);
        small.broker.tick(START + 1003 * MS);
        int before = consumer.pushed.size();
        small.broker.emptyChannel(TOPIC, CHANNEL, START + 1003 * MS);
        small.answer(START + 1003 * MS);
        small.broker.tick(START + 2000 * MS);
        assertThat(consumer.pushed).hasSize(before);
        assertThat(small.channel().deferredCount()).isZero();
    }

    @Test
    void whenTheLogRefusesMemoryTakesMore() throws Refused {
        TestClient consumer = small.consumer(CHANNEL, 100);
        for (int i = 0; i < 9; i++) small.publish("m" + i);
        small.log().refusal = "disk full";
        for (int i = 0; i < 9; i++) consumer.req("m" + i, 1000, START);
        assertThat(runs()).isZero();
        assertThat(small.channel().deferredCount()).isEqualTo(9);
        passTo(START + 1000 * MS);
        assertThat(consumer.pushed).hasSize(18);
    }

    @Test
    void anEphemeralChannelHasThemInMemoryOnly() throws Refused {
        TestClient consumer = small.consumer(EPHEMERAL, 100);
        for (int i = 0; i < 9; i++) small.publish("m" + i);
        for (int i = 0; i < 9; i++) consumer.req("m" + i, 1000, START);
        assertThat(runs()).isZero();
        assertThat(small.channel(TOPIC, EPHEMERAL).deferredCount()).isEqualTo(9);
        passTo(START + 1000 * MS);
        assertThat(consumer.pushed).hasSize(18);
    }
}
