package io.sluice.nsqd.core;

import static io.sluice.nsqd.core.TestBroker.CHANNEL;
import static io.sluice.nsqd.core.TestBroker.MS;
import static io.sluice.nsqd.core.TestBroker.START;
import static io.sluice.nsqd.core.TestBroker.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Since when the oldest messages wait; small has room for two messages. */
class OldestTest {
    /** When all has been published. */
    private static final long LATER = START + 100 * MS;

    private final TestBroker small = new TestBroker(2);

    /** Publishes each a millisecond after the one before, the first at the start. */
    private void publish(String... bodies) throws Refused {
        for (int i = 0; i < bodies.length; i++) {
            small.publish(TOPIC, START + i * MS, bodies[i]);
        }
    }

    private static Oldest at(long waitingMs, long inFlightMs) {
        return new Oldest(
                waitingMs < 0 ? 0 : START + waitingMs * MS,
                inFlightMs < 0 ? 0 : START + inFlightMs * MS);
    }

    @Test
    void whereNothingIsThereIsNoTime() {
        small.consumer(CHANNEL, 0);
        assertThat(small.channel().oldest()).isEqualTo(at(-1, -1));
        assertThat(small.topic(TOPIC).oldestNs()).isZero();
    }

    @Test
    void itIsThatOfTheHeadAndOfTheOldestInFlight() throws Refused {
        TestClient consumer = small.consumer(CHANNEL, 2);
        publish("a", "b", "c", "d");
        assertThat(small.channel().oldest()).isEqualTo(at(2, 0));
        consumer.fin("a", START);
        assertThat(small.channel().oldest()).isEqualTo(at(3, 1));
    }

    @Test
    void whatCameBackCountsThoughItIsNotTheHead() throws Refused {
        TestClient consumer = small.consumer(CHANNEL, 1);
        publish("a", "b", "c");
        consumer.rdy(0, START).req("a", 0, START);
        assertThat(small.channel().oldest()).isEqualTo(at(0, -1));
    }

    @Test
    void aDeferredMessageDoesNotWaitForAConsumerBeforeItsTime() throws Refused {
        small.consumer(CHANNEL, 0);
        small.publishDeferred("later", 10, START);
        small.publish(TOPIC, START + MS, "now");
        assertThat(small.channel().oldest()).isEqualTo(at(1, -1));
        small.broker.tick(START + 10 * MS);
        assertThat(small.channel().oldest()).isEqualTo(at(0, -1));
    }

    @Test
    void whileTheDiskIsReadItIsThatOfWhatWasReadLast() throws Refused {
        TestClient consumer = small.consumer(CHANNEL, 0);
        String large = "x".repeat(100_000);
        publish(large, large, large, large, large, large, large, large);
        assertThat(small.channel().diskDepth()).isEqualTo(6);
        consumer.rdy(2, LATER);
        assertThat(small.channel().memoryDepth()).isZero();
        assertThat(small.channel().oldest()).as("nothing has been read").isEqualTo(at(-1, 0));
        small.log().answer(LATER);
        consumer.rdy(4, LATER);
        assertThat(small.channel().memoryDepth()).isZero();
        assertThat(small.channel().oldest()).as("the third was read last").isEqualTo(at(2, 0));
        small.answer(LATER);
        assertThat(small.channel().oldest()).isEqualTo(at(4, 0));
        consumer.rdy(100, LATER);
        small.answer(LATER);
        assertThat(small.channel().oldest()).isEqualTo(at(-1, 0));
    }

    @Test
    void aTopicThatHoldsMessagesBackSaysSinceWhen() throws Refused {
        publish("a", "b", "c");
        assertThat(small.topic(TOPIC).oldestNs()).isEqualTo(START);
        small.consumer(CHANNEL, 0);
        assertThat(small.topic(TOPIC).oldestNs()).isZero();
        assertThat(small.channel().oldest()).isEqualTo(at(0, -1));
    }

    @Test
    void alsoWhenAllOfThemAreOnDisk() throws Refused {
        TestBroker none = new TestBroker(0);
        none.publish(TOPIC, START + MS, "a", "b");
        assertThat(none.topic(TOPIC).diskDepth()).isEqualTo(2);
        assertThat(none.topic(TOPIC).oldestNs()).isEqualTo(START + MS);
        none.broker.emptyTopic(TOPIC);
        none.publish(TOPIC, START + 2 * MS, "c");
        assertThat(none.topic(TOPIC).oldestNs()).isEqualTo(START + 2 * MS);
    }

    @Test
    void askingReadsNothing() throws Refused {
        small.consumer(CHANNEL, 0);
        publish("a", "b", "c", "d");
        small.answer(START);
        small.broker.stats(TOPIC, null, true);
        assertThat(small.log().answer(START)).as("somebody waits for the log").isFalse();
        assertThat(small.channel().memoryDepth()).isEqualTo(2);
    }
}
