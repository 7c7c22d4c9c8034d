package io.sluice.nsqd.core;

import static io.sluice.nsqd.core.TestBroker.CHANNEL;
import static io.sluice.nsqd.core.TestBroker.EPHEMERAL;
import static io.sluice.nsqd.core.TestBroker.MAX_MSG_TIMEOUT_MS;
import static io.sluice.nsqd.core.TestBroker.MS;
import static io.sluice.nsqd.core.TestBroker.OTHER;
import static io.sluice.nsqd.core.TestBroker.START;
import static io.sluice.nsqd.core.TestBroker.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** What happens when memory is full at level mem; small has room for two messages. */
class OverflowTest {
    private final TestBroker small = new TestBroker(2);

    private void assertDepth(int memory, long disk) {
        assertThat(small.channel().memoryDepth()).as("in memory").isEqualTo(memory);
        assertThat(small.channel().diskDepth()).as("on disk").isEqualTo(disk);
    }

    @Test
    void nothingIsLoggedWhileMemoryHasRoom() throws Refused {
        TestClient consumer = small.consumer(CHANNEL, 1);
        small.publish("a");
        small.publish("b", "c");
        small.publishDeferred("d", 10, START);
        consumer.req("a", 0, START);
        small.broker.tick(START);
        assertThat(small.log().end()).isZero();
        assertDepth(2, 0);
    }

    @Test
    void whatMemoryHasNoRoomForComesBehindItInItsOrder() throws Refused {
        TestClient consumer = small.consumer(CHANNEL, 1);
        small.publish("a");
        small.publish("b", "c", "d", "e");
        small.publish("f");
        small.answer(START);
        assertDepth(2, 3);
        consumer.rdy(10, START);
        small.answer(START);
        assertThat(consumer.bodies()).containsExactly("a", "b", "c", "d", "e", "f");
        assertDepth(0, 0);
    }

    @Test
    void whoHasCaughtUpIsLiveAgainAndTheLogIsCleared() throws Refused {
        TestClient consumer = small.consumer(CHANNEL, 0);
        small.publish("a", "b", "c", "d", "e", "f");
        small.broker.tick(START);
        consumer.rdy(10, START);
        small.answer(START);
        for (String body : consumer.bodies()) consumer.fin(body, START);
        assertThat(small.broker.tick(START)).isEqualTo(START + 1000 * MS);
        small.broker.tick(START + 1000 * MS);
        assertThat(small.log().entries).isEmpty();
        long end = small.log().end();
        small.publish("g");
        assertThat(consumer.bodies()).endsWith("f", "g");
        assertThat(small.log().end()).as("nothing is logged any more").isEqualTo(end);
    }

    @Test
    void whileSomebodyIsBehindTheOthersGetMessagesByReference() throws Refused {
        TestClient fast = small.consumer(CHANNEL, 10);
        TestClient slow = small.consumer(OTHER, 0);
        small.publish("a", "b", "c", "d");
        assertThat(fast.bodies()).containsExactly("a", "b", "c", "d");
        assertThat(small.channel(TOPIC, OTHER).diskDepth()).isEqualTo(2);
        slow.rdy(10, START);
        small.answer(START);
        assertThat(slow.bodies()).containsExactly("a", "b", "c", "d");
    }

    @Test
    void channelsMayBeBehindAtDifferentPlaces() throws Refused {
        TestClient one = small.consumer(CHANNEL, 0);
        TestClient two = small.consumer(OTHER, 1);
        for (String body : "a b c d e f g h".split(" ")) small.publish(body);
        small.answer(START);
        two.rdy(2, START);
        small.answer(START);
        one.rdy(10, START);
        small.answer(START);
        two.rdy(10, START);
        small.answer(START);
        assertThat(one.bodies()).containsExactly("a", "b", "c", "d", "e", "f", "g", "h");
        assertThat(two.bodies()).isEqualTo(one.bodies());
    }

    @Test
    void requeuedMessagesGoBehindWhatIsInMemoryEvenIfThereIsNoRoom() throws Refused {
        TestClient consumer = small.consumer(CHANNEL, 2);
        small.publish("a", "b");
        small.publish("c", "d", "e");
        consumer.session.close(START);
        assertDepth(4, 1);
        TestClient other = small.consumer(CHANNEL, 10);
        small.answer(START);
        assertThat(other.bodies()).containsExactly("c", "d", "a", "b", "e");
    }

    @Test
    void bytesAreALimitToo() throws Refused {
        TestBroker tight = new TestBroker(memory(100, 4, 500));
        TestClient consumer = tight.consumer(CHANNEL, 0);
        for (int i = 0; i < 6; i++) tight.publish("m" + i + "x".repeat(100));
        assertThat(tight.channel().memoryDepth()).isEqualTo(2);
        assertThat(tight.channel().diskDepth()).isEqualTo(4);
        consumer.rdy(10, START);
        tight.answer(START);
        assertThat(consumer.bodies())
                .extracting(b -> b.substring(0, 2))
                .containsExactly("m0", "m1", "m2", "m3", "m4", "m5");
    }

    @Test
    void aBatchThatBytesRunOutForStaysInMemory() throws Refused {
        TestBroker tight = new TestBroker(memory(100, 4, 500));
        TestClient consumer = tight.consumer(CHANNEL, 0);
        tight.publish("a".repeat(300), "b".repeat(300), "c".repeat(300));
        assertThat(tight.channel().memoryDepth()).isEqualTo(3);
        assertThat(tight.log().entries).isEmpty();
        consumer.rdy(10, START);
        assertThat(consumer.pushed).hasSize(3);
    }

    private static BrokerSettings memory(int queueSize, int deferred, long bytes) {
        return new BrokerSettings(
                1,
                new MemoryLimits(queueSize, deferred, 1, bytes),
                MAX_MSG_TIMEOUT_MS * MS,
                0,
                false,
                BacklogLimits.NONE,
                Durability.MEM,
                Topology.IGNORED);
    }

    @Test
    void theFirstChannelTakesOverWhatIsInMemoryAndInTheLog() throws Refused {
        small.publish("a", "b", "c", "d");
        assertThat(small.topic(TOPIC).depth()).isEqualTo(4);
        assertThat(small.topic(TOPIC).diskDepth()).isEqualTo(2);
        TestClient first = small.consumer(CHANNEL, 0);
        assertDepth(2, 2);
        assertThat(small.topic(TOPIC).depth()).isZero();
        small.publish("e");
        assertThat(small.consumer(OTHER, 10).pushed).isEmpty();
        first.rdy(10, START);
        small.answer(START);
        assertThat(first.bodies()).containsExactly("a", "b", "c", "d", "e");
    }

    @Test
    void whatAPausedTopicHoldsBackIsNotReadByThoseBehind() throws Refused {
        TestClient consumer = small.consumer(CHANNEL, 0);
        TestClient empty = small.consumer(OTHER, 10);
        small.publish("a", "b", "c", "d");
        small.broker.pauseTopic(TOPIC, START);
        small.publish("e", "f", "g", "h");
        consumer.rdy(10, START);
        small.answer(START);
        assertThat(consumer.bodies()).containsExactly("a", "b", "c", "d");
        assertThat(small.topic(TOPIC).depth()).isEqualTo(4);
        small.broker.unpauseTopic(TOPIC, START);
        small.answer(START);
        assertThat(consumer.bodies()).containsExactly("a", "b", "c", "d", "e", "f", "g", "h");
        assertThat(empty.bodies()).isEqualTo(consumer.bodies());
    }

    @Test
    void whatAnEmptiedTopicHeldBackIsNotFoundByThoseBehind() throws Refused {
        TestClient consumer = small.consumer(CHANNEL, 0);
        small.publish("a", "b", "c", "d");
        small.broker.pauseTopic(TOPIC, START);
        small.publish("dropped", "too");
        small.broker.emptyTopic(TOPIC);
        small.publish("e", "f");
        small.broker.unpauseTopic(TOPIC, START);
        consumer.rdy(10, START);
        small.answer(START);
        assertThat(consumer.bodies()).containsExactly("a", "b", "c", "d", "e", "f");
    }

    @Test
    void whatIsReadForAnEmptiedChannelIsForgotten() throws Refused {
        TestClient consumer = small.consumer(CHANNEL, 2);
        small.publish("a", "b", "c", "d");
        consumer.fin("a", START);
        consumer.fin("b", START);
        small.broker.emptyChannel(TOPIC, CHANNEL, START);
        small.publish("e");
        small.answer(START);
        assertThat(consumer.bodies()).containsExactly("a", "b", "c", "d", "e");
        assertDepth(0, 0);
    }

    @Test
    void whatIsReadForADeletedChannelIsForgotten() throws Refused {
        TestClient consumer = small.consumer(CHANNEL, 2);
        TestClient other = small.consumer(OTHER, 0);
        small.publish("a", "b", "c", "d", "e");
        consumer.rdy(4, START);
        small.broker.deleteChannel(TOPIC, CHANNEL, START);
        small.answer(START);
        assertThat(consumer.bodies()).containsExactly("a", "b", "c", "d");
        other.rdy(10, START);
        small.answer(START);
        assertThat(other.pushed).hasSize(5);
    }

    @Test
    void aFullEphemeralChannelDropsWhileOthersAreBehind() throws Refused {
        TestClient consumer = small.consumer(CHANNEL, 0);
        TestClient ephemeral = small.consumer(EPHEMERAL, 0);
        small.publish("a", "b", "c", "d");
        assertThat(small.channel(TOPIC, EPHEMERAL).droppedCount()).isEqualTo(2);
        ephemeral.rdy(10, START);
        consumer.rdy(10, START);
        small.answer(START);
        assertThat(ephemeral.bodies()).containsExactly("a", "b");
        assertThat(consumer.bodies()).containsExactly("a", "b", "c", "d");
    }

    @Test
    void anEphemeralChannelReadsWhatATopicHeldBackWhateverHappensToTheLog() throws Refused {
        String[] bodies = new String[40];
        for (int i = 0; i < bodies.length; i++) bodies[i] = "m" + i;
        small.publish(bodies);
        TestClient ephemeral = small.consumer(EPHEMERAL, 1);
        for (int i = 1; i < 5; i++) small.broker.tick(START + i * 1000 * MS);
        small.answer(START);
        assertThat(small.log().state().channels()).as("ephemeral ones are not in it").isEmpty();
        ephemeral.rdy(100, START);
        small.answer(START);
        assertThat(ephemeral.bodies()).containsExactly(bodies);
    }

    @Test
    void onlyWhatMemoryHasNoRoomForIsRefusedByTheLog() throws Refused {
        TestClient consumer = small.consumer(CHANNEL, 0);
        small.log().refusal = "disk full";
        small.publish("a");
        assertThatThrownBy(() -> small.publish("b", "c"))
                .isInstanceOf(Refused.class)
                .hasMessage("disk full");
        small.publish("b");
        assertThatThrownBy(() -> small.publish("c")).isInstanceOf(Refused.class);
        small.publishDeferred("d", 10, START);
        consumer.rdy(2, START);
        consumer.req("a", 5, START);
        consumer.req("b", 0, START);
        assertThat(small.channel().messageCount()).isEqualTo(3);
        small.log().refusal = null;
        small.publish("e");
        small.broker.tick(START + 10 * MS);
        consumer.rdy(10, START);
        small.answer(START);
        assertThat(consumer.bodies()).endsWith("e", "a", "d");
    }
}
