package io.sluice.nsqd.core;

import static io.sluice.nsqd.core.TestBroker.CHANNEL;
import static io.sluice.nsqd.core.TestBroker.EPHEMERAL;
import static io.sluice.nsqd.core.TestBroker.EPHEMERAL_TOPIC;
import static io.sluice.nsqd.core.TestBroker.MS;
import static io.sluice.nsqd.core.TestBroker.OTHER;
import static io.sluice.nsqd.core.TestBroker.START;
import static io.sluice.nsqd.core.TestBroker.TOPIC;
import static io.sluice.nsqd.core.TestBroker.body;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.protocol.TopicName;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopicTest {
    private final TestBroker broker = new TestBroker();

    @Test
    void everyChannelGetsTheSameMessageByReference() throws Refused {
        TestClient one = broker.consumer(CHANNEL, 1);
        TestClient two = broker.consumer(OTHER, 1);
        broker.publish("a");
        assertThat(one.last().message()).isSameAs(two.last().message());
        assertThat(one.last()).isEqualTo(two.last());
        one.req("a", 0, START);
        assertThat(one.last().attempts()).isEqualTo(2);
        two.fin("a", START);
        assertThat(two.pushed).hasSize(1);
        assertThat(broker.channel().inFlightCount()).isEqualTo(1);
    }

    @Test
    void theFirstChannelGetsTheBacklogAndLaterOnesOnlyWhatComesAfterThem() throws Refused {
        broker.publish("a", "b");
        assertThat(broker.topic(TOPIC).depth()).isEqualTo(2);
        TestClient first = broker.consumer(CHANNEL, 10);
        assertThat(broker.topic(TOPIC).depth()).isZero();
        TestClient second = broker.consumer(OTHER, 10);
        broker.publish("c");
        assertThat(first.bodies()).containsExactly("a", "b", "c");
        assertThat(second.bodies()).containsExactly("c");
    }

    @Test
    void aChannelThatIsMadeWithoutAConsumerGetsTheBacklogToo() throws Refused {
        broker.publish("a", "b");
        broker.broker.createChannel(TOPIC, CHANNEL, START);
        broker.broker.createChannel(TOPIC, OTHER, START);
        assertThat(broker.topic(TOPIC).depth()).isZero();
        assertThat(broker.channel().depth()).isEqualTo(2);
        assertThat(broker.channel(TOPIC, OTHER).depth()).isZero();
    }

    @Test
    void keepsMessagesAgainOnceItsLastChannelIsGone() throws Refused {
        broker.broker.createChannel(newTopic(broker), CHANNEL, START);
        broker.publish("a");
        broker.broker.deleteChannel(TOPIC, CHANNEL, START);
        broker.publish("b");
        assertThat(broker.topic(TOPIC).depth()).isEqualTo(1);
        assertThat(broker.consumer(OTHER, 10).bodies()).containsExactly("b");
    }

    private static TopicName newTopic(TestBroker broker) {
        broker.broker.createTopic(TOPIC);
        return TOPIC;
    }

    @Test
    void aPausedTopicHoldsMessagesBackFromItsChannels() throws Refused {
        TestClient first = broker.consumer(CHANNEL, 1);
        broker.publish("a", "b");
        broker.broker.pauseTopic(TOPIC, START);
        broker.publish("c", "d");
        TestClient second = broker.consumer(OTHER, 10);
        first.fin("a", START);
        first.fin("b", START);
        assertThat(first.bodies()).as("what the channel held").containsExactly("a", "b");
        assertThat(second.pushed).isEmpty();
        assertThat(broker.topic(TOPIC).paused()).isTrue();
        assertThat(broker.topic(TOPIC).depth()).isEqualTo(2);
        assertThat(broker.channel().depth()).isZero();
        first.rdy(10, START);
        broker.broker.unpauseTopic(TOPIC, START);
        assertThat(broker.topic(TOPIC).paused()).isFalse();
        assertThat(first.bodies()).containsExactly("a", "b", "c", "d");
        assertThat(second.bodies()).containsExactly("c", "d");
    }

    @Test
    void aHeldTopicWaitsUntilItsChannelsAreKnown() throws Refused {
        TestBroker held = new TestBroker(TestBroker.settings(10, 0, true));
        held.publish("a");
        TestClient consumer = held.consumer(CHANNEL, 10);
        held.publish("b");
        assertThat(consumer.pushed).isEmpty();
        assertThat(held.topic(TOPIC).depth()).isEqualTo(2);
        held.broker.open(TOPIC, List.of(CHANNEL, OTHER), START);
        held.publish("c");
        assertThat(consumer.bodies()).containsExactly("a", "b", "c");
        assertThat(held.consumer(OTHER, 10).bodies()).containsExactly("a", "b", "c");
    }

    @Test
    void aHeldAndPausedTopicWaitsForBoth() throws Refused {
        TestBroker held = new TestBroker(TestBroker.settings(10, 0, true));
        TestClient consumer = held.consumer(CHANNEL, 10);
        held.publish("a");
        held.broker.pauseTopic(TOPIC, START);
        held.broker.open(TOPIC, List.of(), START);
        assertThat(consumer.pushed).isEmpty();
        held.broker.unpauseTopic(TOPIC, START);
        assertThat(consumer.bodies()).containsExactly("a");
    }

    @Test
    void aFullEphemeralChannelHoldsNobodyUp() throws Refused {
        TestBroker small = new TestBroker(2);
        TestClient consumer = small.consumer(CHANNEL, 10);
        small.connect().sub(TOPIC, EPHEMERAL, START);
        small.publish("a", "b");
        small.publish("c");
        small.broker.pauseTopic(TOPIC, START);
        small.publish("d", "e");
        small.broker.unpauseTopic(TOPIC, START);
        assertThat(consumer.bodies()).containsExactly("a", "b", "c", "d", "e");
        assertThat(small.log().end()).as("nobody had to wait for it").isZero();
        assertThat(small.channel(TOPIC, EPHEMERAL).droppedCount()).isEqualTo(3);
    }

    @Test
    void aFullEphemeralTopicDropsAndCounts() throws Refused {
        TestBroker small = new TestBroker(2);
        small.publish(EPHEMERAL_TOPIC, START, "a", "b", "c");
        TopicStats stats = small.topic(EPHEMERAL_TOPIC);
        assertThat(stats.depth()).isEqualTo(2);
        assertThat(stats.messageCount()).isEqualTo(3);
        assertThat(stats.droppedCount()).isEqualTo(1);
        TestClient consumer = small.connect().sub(EPHEMERAL_TOPIC, CHANNEL, START);
        consumer.rdy(10, START);
        assertThat(consumer.bodies()).containsExactly("a", "b");
    }

    @Test
    void anOrdinaryChannelOfAnEphemeralTopicRefusesWhenItIsFull() throws Refused {
        TestBroker small = new TestBroker(2);
        small.connect().sub(EPHEMERAL_TOPIC, CHANNEL, START);
        small.publish(EPHEMERAL_TOPIC, START, "a", "b");
        assertThatThrownBy(() -> small.publish(EPHEMERAL_TOPIC, START, "c"))
                .hasMessageContaining("channel t#ephemeral:c holds 2");
        assertThat(small.channel(EPHEMERAL_TOPIC, CHANNEL).depth()).isEqualTo(2);
    }

    @Test
    void anOrdinaryChannelOfAnEphemeralTopicRefusesMoreDeferredMessagesThanItMayHave()
            throws Refused {
        TestBroker small = new TestBroker(1);
        small.connect().sub(EPHEMERAL_TOPIC, CHANNEL, START);
        small.broker.publish(EPHEMERAL_TOPIC, body("a"), 10 * MS, Durability.MEM, START);
        assertThatThrownBy(
                        () ->
                                small.broker.publish(
                                        EPHEMERAL_TOPIC, body("b"), MS, Durability.MEM, START))
                .isInstanceOf(Refused.class);
        small.publish(EPHEMERAL_TOPIC, START, "c");
        assertThat(small.channel(EPHEMERAL_TOPIC, CHANNEL).deferredCount()).isEqualTo(1);
        assertThat(small.channel(EPHEMERAL_TOPIC, CHANNEL).depth()).isEqualTo(1);
    }

    @Test
    void emptyDropsWhatWaitsInTheTopicAndNotInItsChannels() throws Refused {
        broker.consumer(CHANNEL, 0);
        broker.publish("a");
        broker.broker.pauseTopic(TOPIC, START);
        broker.publish("b", "c");
        broker.broker.emptyTopic(TOPIC);
        assertThat(broker.topic(TOPIC).depth()).isZero();
        broker.broker.unpauseTopic(TOPIC, START);
        assertThat(broker.channel().depth()).isEqualTo(1);
    }

    @Test
    void statsCountMessagesAndTheirBytesOnce() throws Refused {
        broker.consumer(CHANNEL, 10);
        broker.consumer(OTHER, 10);
        broker.publish("12345", "1");
        broker.publishDeferred("123", 10, START);
        TopicStats stats = broker.topic(TOPIC);
        assertThat(stats.messageCount()).isEqualTo(3);
        assertThat(stats.messageBytes()).isEqualTo(9);
        assertThat(stats.channels()).extracting(ChannelStats::name).containsExactly(CHANNEL, OTHER);
    }
}
