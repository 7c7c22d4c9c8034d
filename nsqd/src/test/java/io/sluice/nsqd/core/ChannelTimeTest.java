package io.sluice.nsqd.core;

import static io.sluice.nsqd.core.TestBroker.CHANNEL;
import static io.sluice.nsqd.core.TestBroker.MAX_MSG_TIMEOUT_MS;
import static io.sluice.nsqd.core.TestBroker.MS;
import static io.sluice.nsqd.core.TestBroker.MSG_TIMEOUT_MS;
import static io.sluice.nsqd.core.TestBroker.START;
import static io.sluice.nsqd.core.TestBroker.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.Command;
import org.junit.jupiter.api.Test;

/** When messages go to consumers: timeouts, touches and deferrals, to the nanosecond. */
class ChannelTimeTest {
    private static final long TIMEOUT_NS = MSG_TIMEOUT_MS * MS;

    private final TestBroker broker = new TestBroker();

    private long tick(long nowNs) {
        return broker.broker.tick(nowNs);
    }

    @Test
    void anUnfinishedMessageIsSentAgainWhenItsTimeIsUpAndNotBefore() throws Refused {
        TestClient consumer = broker.consumer(CHANNEL, 1);
        broker.publish("a");
        long due = tick(START);
        assertThat(due).isEqualTo(START + TIMEOUT_NS);
        assertThat(tick(due - 1)).isEqualTo(due);
        assertThat(consumer.pushed).hasSize(1);
        assertThat(broker.channel().timeoutCount()).isZero();
        assertThat(tick(due)).isEqualTo(due + TIMEOUT_NS);
        assertThat(consumer.bodies()).containsExactly("a", "a");
        assertThat(consumer.last().attempts()).isEqualTo(2);
        assertThat(broker.channel().timeoutCount()).isEqualTo(1);
        assertThat(broker.channel().requeueCount()).isZero();
    }

    @Test
    void nothingIsDueWhenNothingIsInFlightOrDeferred() throws Refused {
        TestClient consumer = broker.consumer(CHANNEL, 1);
        assertThat(tick(START)).isEqualTo(Long.MAX_VALUE);
        broker.publish("a");
        consumer.fin("a", START);
        assertThat(tick(START + TIMEOUT_NS)).isEqualTo(Long.MAX_VALUE);
        assertThat(broker.channel().timeoutCount()).isZero();
    }

    @Test
    void timedOutMessagesGoToTheTailInTheOrderInWhichTheyWereDue() throws Refused {
        TestClient consumer = broker.consumer(CHANNEL, 3);
        for (int i = 0; i < 3; i++) broker.publish(TOPIC, START + i, "m" + i);
        consumer.rdy(0, START);
        broker.publish(TOPIC, START + 3, "waiting");
        tick(START + TIMEOUT_NS + 2);
        assertThat(broker.channel().depth()).isEqualTo(4);
        TestClient other = broker.consumer(CHANNEL, 4);
        assertThat(other.bodies()).containsExactly("waiting", "m0", "m1", "m2");
    }

    @Test
    void aTimeoutFreesTheConsumersPlace() throws Refused {
        TestClient consumer = broker.consumer(CHANNEL, 1);
        broker.publish("a", "b");
        tick(START + TIMEOUT_NS);
        assertThat(consumer.bodies()).containsExactly("a", "b");
        assertThat(broker.channel().clients().get(0).inFlightCount()).isEqualTo(1);
    }

    @Test
    void eachConsumerHasItsOwnTimeout() throws Refused {
        TestClient quick = broker.connect(1000).sub(TOPIC, CHANNEL, START).rdy(1, START);
        TestClient slow = broker.connect(5000).sub(TOPIC, CHANNEL, START).rdy(1, START);
        broker.publish("a", "b");
        quick.rdy(0, START);
        slow.rdy(0, START);
        assertThat(tick(START)).isEqualTo(START + 1000 * MS);
        tick(START + 1000 * MS);
        assertThat(broker.channel().depth()).isEqualTo(1);
        assertThat(tick(START + 1000 * MS)).isEqualTo(START + 5000 * MS);
        tick(START + 5000 * MS);
        assertThat(broker.channel().depth()).isEqualTo(2);
    }

    @Test
    void aLateFinishFailsUnlessTheSameConsumerHasTheMessageAgain() throws Refused {
        TestClient late = broker.consumer(CHANNEL, 1);
        broker.publish("a");
        Command fin = new Command.Fin(late.id("a"));
        late.rdy(0, START);
        long due = START + TIMEOUT_NS;
        tick(due);
        assertThat(late.error(fin, due)).endsWith(" failed ID not in flight");
        TestClient other = broker.consumer(CHANNEL, 0).rdy(1, due);
        assertThat(late.error(fin, due)).endsWith(" failed client does not own message");
        other.req("a", 0, due);
        other.rdy(0, due);
        tick(due + TIMEOUT_NS);
        late.rdy(1, due + TIMEOUT_NS);
        assertThat(late.bodies()).containsExactly("a", "a");
        late.execute(fin, due + TIMEOUT_NS);
        assertThat(broker.channel().inFlightCount()).isZero();
    }

    @Test
    void touchStartsTheTimeoutAnew() throws Refused {
        TestClient consumer = broker.consumer(CHANNEL, 1);
        broker.publish("a");
        consumer.touch("a", START + 10 * MS);
        long due = START + 10 * MS + TIMEOUT_NS;
        tick(due - 1);
        assertThat(consumer.pushed).hasSize(1);
        tick(due);
        assertThat(consumer.pushed).hasSize(2);
    }

    @Test
    void touchesEndWhereAMessageHasBeenInFlightForTheMostTimeInAll() throws Refused {
        TestClient consumer = broker.consumer(CHANNEL, 1);
        broker.publish("a");
        long cap = START + MAX_MSG_TIMEOUT_MS * MS;
        for (long at = START; at < cap; at += 1000 * MS) {
            consumer.touch("a", at);
            tick(at);
        }
        tick(cap - 1);
        assertThat(consumer.pushed).hasSize(1);
        tick(cap);
        assertThat(consumer.pushed).hasSize(2);
        consumer.touch("a", cap + 40_000 * MS);
        tick(cap + MAX_MSG_TIMEOUT_MS * MS - 1);
        assertThat(consumer.pushed).as("the cap counts from the last delivery").hasSize(2);
        tick(cap + MAX_MSG_TIMEOUT_MS * MS);
        assertThat(consumer.pushed).hasSize(3);
    }

    @Test
    void aTouchBringsATimeoutForwardThatIsBeyondTheMost() throws Refused {
        TestClient patient = broker.connect(2 * MAX_MSG_TIMEOUT_MS);
        patient.sub(TOPIC, CHANNEL, START).rdy(1, START);
        broker.publish("a");
        tick(START);
        patient.touch("a", START);
        assertThat(tick(START)).isEqualTo(START + MAX_MSG_TIMEOUT_MS * MS);
    }

    @Test
    void aRequeueWithADelayComesBackWhenItIsDue() throws Refused {
        TestClient consumer = broker.consumer(CHANNEL, 1);
        broker.publish("a");
        consumer.req("a", 250, START + MS);
        assertThat(broker.channel().deferredCount()).isEqualTo(1);
        assertThat(broker.channel().depth()).isZero();
        long due = START + 251 * MS;
        assertThat(tick(START + MS)).isEqualTo(due);
        tick(due - 1);
        assertThat(consumer.pushed).hasSize(1);
        tick(due);
        assertThat(consumer.last().attempts()).isEqualTo(2);
        assertThat(consumer.pushed).hasSize(2);
        assertThat(broker.channel().deferredCount()).isZero();
    }

    @Test
    void aDeferredMessageComesWhenItIsDueWithTheTimeOfItsPublication() throws Refused {
        TestClient consumer = broker.consumer(CHANNEL, 10);
        broker.publishDeferred("later", 200, START);
        broker.publishDeferred("sooner", 100, START);
        broker.publish("now");
        assertThat(consumer.bodies()).containsExactly("now");
        assertThat(broker.channel().messageCount()).isEqualTo(3);
        tick(START + 100 * MS - 1);
        assertThat(consumer.pushed).hasSize(1);
        assertThat(tick(START + 100 * MS)).isEqualTo(START + 200 * MS);
        assertThat(consumer.bodies()).containsExactly("now", "sooner");
        tick(START + 200 * MS);
        assertThat(consumer.bodies()).containsExactly("now", "sooner", "later");
        assertThat(consumer.last().timestampNs()).isEqualTo(START);
        assertThat(consumer.last().attempts()).isEqualTo(1);
    }

    @Test
    void oneTickSendsAllThatIsDueByThenInTheOrderInWhichItWasDue() throws Refused {
        TestClient consumer = broker.consumer(CHANNEL, 10);
        for (int i = 0; i < 10; i++) broker.publishDeferred("m" + i, 20 - i, START);
        tick(START + 17 * MS);
        assertThat(consumer.bodies()).containsExactly("m9", "m8", "m7", "m6", "m5", "m4", "m3");
    }

    @Test
    void aDeferralCountsFromThePublicationEvenWhenThereIsNoChannelYet() throws Refused {
        broker.publishDeferred("a", 100, START);
        TestClient consumer = broker.connect();
        consumer.sub(TOPIC, CHANNEL, START + 60 * MS).rdy(1, START + 60 * MS);
        assertThat(broker.channel().deferredCount()).isEqualTo(1);
        tick(START + 100 * MS - 1);
        assertThat(consumer.pushed).isEmpty();
        tick(START + 100 * MS);
        assertThat(consumer.bodies()).containsExactly("a");
    }

    @Test
    void whatIsDueWhenItsChannelComesIsSentAtOnce() throws Refused {
        broker.publishDeferred("a", 100, START);
        TestClient consumer = broker.connect();
        consumer.sub(TOPIC, CHANNEL, START + 100 * MS).rdy(1, START + 100 * MS);
        assertThat(consumer.bodies()).containsExactly("a");
    }

    @Test
    void inAPausedChannelWhatIsDueIsQueuedAndNotSent() throws Refused {
        TestClient consumer = broker.consumer(CHANNEL, 10);
        broker.publish("a");
        broker.publishDeferred("b", 100, START);
        broker.broker.pauseChannel(TOPIC, CHANNEL);
        tick(START + TIMEOUT_NS);
        assertThat(broker.channel().depth()).isEqualTo(2);
        assertThat(broker.channel().timeoutCount()).isEqualTo(1);
        assertThat(consumer.pushed).hasSize(1);
    }

    @Test
    void aTickThatComesLateMissesNothing() throws Refused {
        TestClient consumer = broker.consumer(CHANNEL, 1);
        broker.publish("a");
        long late = START + 3 * TIMEOUT_NS;
        assertThat(tick(late)).isEqualTo(late + TIMEOUT_NS);
        assertThat(consumer.pushed).hasSize(2);
        consumer.fin("a", late + 2 * TIMEOUT_NS);
        assertThat(tick(late + 2 * TIMEOUT_NS)).isEqualTo(Long.MAX_VALUE);
        assertThat(broker.channel().timeoutCount()).isEqualTo(1);
    }
}
