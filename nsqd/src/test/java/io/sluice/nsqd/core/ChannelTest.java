package io.sluice.nsqd.core;

import static io.sluice.nsqd.core.TestBroker.CHANNEL;
import static io.sluice.nsqd.core.TestBroker.EPHEMERAL;
import static io.sluice.nsqd.core.TestBroker.MS;
import static io.sluice.nsqd.core.TestBroker.MSG_TIMEOUT_MS;
import static io.sluice.nsqd.core.TestBroker.START;
import static io.sluice.nsqd.core.TestBroker.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.Command;
import org.junit.jupiter.api.Test;

/** How messages go to consumers; see {@link ChannelTimeTest} for when. */
class ChannelTest {
    private final TestBroker broker = new TestBroker();

    @Test
    void aConsumerGetsNothingUntilItIsReady() throws Refused {
        TestClient consumer = broker.connect().sub(TOPIC, CHANNEL, START);
        broker.publish("a");
        assertThat(consumer.pushed).isEmpty();
        consumer.rdy(1, START);
        assertThat(consumer.bodies()).containsExactly("a");
    }

    @Test
    void messagesComeInTheOrderOfTheirPublication() throws Refused {
        TestClient consumer = broker.consumer(CHANNEL, 2);
        broker.publish("a", "b", "c");
        broker.publish("d");
        consumer.fin("a", START);
        consumer.fin("b", START);
        assertThat(consumer.bodies()).containsExactly("a", "b", "c", "d");
    }

    @Test
    void readyIsACeilingOnWhatIsInFlight() throws Refused {
        TestClient consumer = broker.consumer(CHANNEL, 2);
        broker.publish("a", "b", "c", "d", "e");
        assertThat(consumer.pushed).hasSize(2);
        consumer.rdy(2, START);
        assertThat(consumer.pushed).hasSize(2);
        consumer.fin("b", START);
        assertThat(consumer.bodies()).containsExactly("a", "b", "c");
        consumer.rdy(4, START);
        assertThat(consumer.bodies()).containsExactly("a", "b", "c", "d", "e");
    }

    @Test
    void aLoweredCeilingTakesNothingBackAndHoldsUntilThereIsRoomBelowIt() throws Refused {
        TestClient consumer = broker.consumer(CHANNEL, 3);
        broker.publish("a", "b", "c", "d", "e");
        consumer.rdy(1, START);
        assertThat(broker.channel().inFlightCount()).isEqualTo(3);
        consumer.fin("a", START);
        consumer.fin("b", START);
        assertThat(consumer.pushed).hasSize(3);
        consumer.fin("c", START);
        assertThat(consumer.bodies()).endsWith("d").hasSize(4);
    }

    @Test
    void readyZeroStopsAndReadyAgainResumes() throws Refused {
        TestClient consumer = broker.consumer(CHANNEL, 1);
        broker.publish("a", "b");
        consumer.rdy(0, START);
        consumer.fin("a", START);
        assertThat(consumer.bodies()).containsExactly("a");
        consumer.rdy(1, START);
        assertThat(consumer.bodies()).containsExactly("a", "b");
    }

    @Test
    void eachMessageGoesToOneConsumerAndReadyOnesTakeTurns() throws Refused {
        TestClient one = broker.consumer(CHANNEL, 10);
        TestClient two = broker.consumer(CHANNEL, 10);
        broker.publish("a", "b", "c", "d");
        assertThat(one.bodies()).containsExactly("a", "c");
        assertThat(two.bodies()).containsExactly("b", "d");
    }

    @Test
    void whatOneConsumerCannotTakeGoesToAnother() throws Refused {
        TestClient one = broker.consumer(CHANNEL, 1);
        TestClient two = broker.consumer(CHANNEL, 10);
        broker.publish("a", "b", "c", "d");
        assertThat(one.bodies()).containsExactly("a");
        assertThat(two.bodies()).containsExactly("b", "c", "d");
    }

    @Test
    void aRequeuedMessageGoesToTheTailAndStaysTheSameMessage() throws Refused {
        TestClient consumer = broker.consumer(CHANNEL, 1);
        broker.publish("a", "b", "c");
        TestClient.Pushed first = consumer.last();
        long later = START + 5 * MS;
        consumer.req("a", 0, later);
        consumer.fin("b", later);
        consumer.fin("c", later);
        assertThat(consumer.bodies()).containsExactly("a", "b", "c", "a");
        assertThat(first.attempts()).isEqualTo(1);
        TestClient.Pushed again = consumer.last();
        assertThat(again.id()).isEqualTo(first.id());
        assertThat(again.timestampNs()).isEqualTo(START);
        assertThat(again.attempts()).isEqualTo(2);
    }

    @Test
    void attemptsStayAtTheMostThatTheWireCanSay() throws Refused {
        TestClient consumer = broker.consumer(CHANNEL, 1);
        broker.publish("a");
        for (int i = 1; i < 0xffff; i++) consumer.req("a", 0, START);
        assertThat(consumer.last().attempts()).isEqualTo(0xffff);
        consumer.req("a", 0, START);
        assertThat(consumer.pushed).hasSize(0x10000);
        assertThat(consumer.last().attempts()).isEqualTo(0xffff);
    }

    @Test
    void aPausedChannelKeepsWhatComesAndItsConsumersMayStillAnswer() throws Refused {
        TestClient consumer = broker.consumer(CHANNEL, 2);
        broker.publish("a", "b");
        broker.broker.pauseChannel(TOPIC, CHANNEL);
        broker.publish("c");
        consumer.fin("a", START);
        consumer.req("b", 0, START);
        consumer.rdy(5, START);
        broker.broker.tick(START + 2 * MSG_TIMEOUT_MS * MS);
        assertThat(consumer.bodies()).containsExactly("a", "b");
        assertThat(broker.channel().paused()).isTrue();
        assertThat(broker.channel().depth()).isEqualTo(2);
        assertThat(broker.channel().inFlightCount()).isZero();
        broker.broker.unpauseChannel(TOPIC, CHANNEL, START);
        assertThat(broker.channel().paused()).isFalse();
        assertThat(consumer.bodies()).containsExactly("a", "b", "c", "b");
    }

    @Test
    void anOutboxWithoutRoomStopsPushesUntilItWakes() throws Refused {
        TestClient consumer = broker.consumer(CHANNEL, 10);
        consumer.room = 2;
        broker.publish("a", "b", "c", "d");
        assertThat(consumer.bodies()).containsExactly("a", "b");
        consumer.session.wake(START);
        consumer.fin("a", START);
        assertThat(consumer.pushed).hasSize(2);
        consumer.room = 1;
        consumer.session.wake(START);
        assertThat(consumer.bodies()).containsExactly("a", "b", "c");
        consumer.room = 5;
        consumer.session.wake(START);
        assertThat(consumer.bodies()).containsExactly("a", "b", "c", "d");
    }

    @Test
    void wakingWhoIsNotAConsumerDoesNothing() {
        TestClient publisher = broker.connect();
        publisher.session.wake(START);
        assertThat(publisher.pushed).isEmpty();
    }

    @Test
    void whatAVanishedConsumerHadGoesToTheOthersAtOnceInTheOrderOfPublication() throws Refused {
        TestClient gone = broker.consumer(CHANNEL, 20);
        String[] bodies = "a b c d e f g h i j".split(" ");
        broker.publish(bodies);
        broker.publish(TOPIC, START + MS, "k");
        gone.rdy(0, START);
        broker.publish(TOPIC, START + MS, "l");
        TestClient other = broker.consumer(CHANNEL, 20);
        assertThat(other.bodies()).containsExactly("l");
        gone.session.close(START + MS);
        assertThat(other.bodies().subList(1, 11)).containsExactly(bodies);
        assertThat(other.last().body().utf8()).isEqualTo("k");
        assertThat(other.last().attempts()).isEqualTo(2);
        assertThat(broker.channel().timeoutCount()).isZero();
        assertThat(broker.channel().requeueCount()).isZero();
        assertThat(broker.channel().clientCount()).isEqualTo(1);
    }

    @Test
    void aVanishedConsumerGetsNothingMore() throws Refused {
        TestClient gone = broker.consumer(CHANNEL, 20);
        gone.session.close(START);
        broker.publish("a");
        gone.session.wake(START);
        assertThat(gone.pushed).isEmpty();
        assertThat(broker.channel().depth()).isEqualTo(1);
    }

    @Test
    void emptyDropsWhatIsQueuedDeferredAndInFlight() throws Refused {
        TestClient consumer = broker.consumer(CHANNEL, 2);
        broker.publish("a", "b", "c");
        broker.publishDeferred("later", 100, START);
        broker.broker.emptyChannel(TOPIC, CHANNEL, START);
        ChannelStats stats = broker.channel();
        assertThat(stats.depth()).isZero();
        assertThat(stats.inFlightCount()).isZero();
        assertThat(stats.deferredCount()).isZero();
        assertThat(stats.clients().get(0).inFlightCount()).isZero();
        assertThat(consumer.error(new Command.Fin(consumer.id("a")), START))
                .endsWith("failed ID not in flight");
        broker.broker.tick(START + 2 * MSG_TIMEOUT_MS * MS);
        assertThat(consumer.pushed).hasSize(2);
        broker.publish("d", "e", "f");
        assertThat(consumer.bodies()).containsExactly("a", "b", "d", "e");
    }

    @Test
    void aFullEphemeralChannelDropsAndCounts() throws Refused {
        TestBroker small = new TestBroker(2);
        TestClient consumer = small.connect().sub(TOPIC, EPHEMERAL, START);
        small.publish("a", "b", "c");
        small.publishDeferred("d", 10, START);
        ChannelStats stats = small.channel(TOPIC, EPHEMERAL);
        assertThat(stats.depth()).isEqualTo(2);
        assertThat(stats.deferredCount()).isZero();
        assertThat(stats.messageCount()).isEqualTo(4);
        assertThat(stats.droppedCount()).isEqualTo(2);
        consumer.rdy(10, START);
        assertThat(consumer.bodies()).containsExactly("a", "b");
    }

    @Test
    void aFullEphemeralChannelTakesWhatAConsumerTakesAtThatInstant() throws Refused {
        TestBroker none = new TestBroker(0);
        none.broker.createTopic(TOPIC);
        TestClient consumer = none.consumer(EPHEMERAL, 2);
        TestClient publisher = none.connect();
        assertThat(none.channel(TOPIC, EPHEMERAL).clientCount()).isEqualTo(1);
        publisher.execute(new Command.Pub(TOPIC, TestBroker.body("a")), START);
        none.publish("b", "c");
        assertThat(consumer.bodies()).containsExactly("a", "b");
        assertThat(none.channel(TOPIC, EPHEMERAL).droppedCount()).isEqualTo(1);
        assertThat(none.channel(TOPIC, EPHEMERAL).depth()).isZero();
    }

    @Test
    void anOverfullEphemeralChannelDoesNotDropWhatItHasSent() throws Refused {
        TestBroker small = new TestBroker(1);
        TestClient consumer = small.consumer(EPHEMERAL, 2);
        small.publish("a", "b");
        consumer.req("a", 100, START);
        consumer.req("b", 100, START);
        small.publish("c");
        assertThat(consumer.bodies()).containsExactly("a", "b", "c");
        ChannelStats stats = small.channel(TOPIC, EPHEMERAL);
        assertThat(stats.inFlightCount()).isEqualTo(1);
        assertThat(stats.deferredCount()).isEqualTo(2);
        assertThat(stats.droppedCount()).isZero();
    }

    @Test
    void statsCountWhatHappened() throws Refused {
        TestClient consumer = broker.consumer(CHANNEL, 2);
        broker.publish("a", "b", "c", "d");
        broker.publishDeferred("e", 10, START);
        consumer.fin("a", START);
        consumer.req("b", 1000, START);
        ChannelStats stats = broker.channel();
        assertThat(stats.name()).isEqualTo(CHANNEL);
        assertThat(stats.depth()).isZero();
        assertThat(stats.inFlightCount()).isEqualTo(2);
        assertThat(stats.deferredCount()).isEqualTo(2);
        assertThat(stats.messageCount()).isEqualTo(5);
        assertThat(stats.requeueCount()).isEqualTo(1);
        assertThat(stats.timeoutCount()).isZero();
        assertThat(stats.deliveries().total()).isEqualTo(4);
        assertThat(stats.droppedCount()).isZero();
        broker.broker.tick(START + MSG_TIMEOUT_MS * MS);
        stats = broker.channel();
        assertThat(stats.timeoutCount()).isEqualTo(2);
        assertThat(stats.deliveries().total()).isEqualTo(6);
        assertThat(stats.depth()).isEqualTo(2);
        assertThat(broker.broker.stats(TOPIC, CHANNEL, false).get(0).channels().get(0).clients())
                .isNull();
    }

    @Test
    void whatComesBackDoesNotKeepWhatCameWithItInMemory() throws Refused {
        TestClient consumer = broker.consumer(CHANNEL, 2);
        broker.publish("a", "b");
        assertThat(consumer.last().body().alone()).isNotSameAs(consumer.last().body());
        consumer.req("a", 0, START);
        assertThat(consumer.last().body().alone()).isSameAs(consumer.last().body());
        consumer.req("b", 1, START);
        broker.broker.tick(START + MS);
        assertThat(consumer.bodies()).containsExactly("a", "b", "a", "b");
        assertThat(consumer.last().body().alone()).isSameAs(consumer.last().body());
    }
}
