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

import io.sluice.nsqd.core.TopologyEvent.ChannelCreated;
import io.sluice.nsqd.core.TopologyEvent.ChannelDeleted;
import io.sluice.nsqd.core.TopologyEvent.TopicCreated;
import io.sluice.nsqd.core.TopologyEvent.TopicDeleted;
import io.sluice.protocol.Command;
import io.sluice.protocol.TopicName;
import java.util.List;
import org.junit.jupiter.api.Test;

class BrokerTest {
    static final TopicName SECOND = new TopicName("u");

    private final TestBroker test = new TestBroker();
    private final Broker broker = test.broker;

    @Test
    void tellsOnceOfWhatComesAndGoes() throws Refused {
        broker.createTopic(TOPIC);
        broker.createTopic(TOPIC);
        test.publish("a");
        broker.createChannel(TOPIC, OTHER, START);
        test.consumer(OTHER, 1);
        test.consumer(CHANNEL, 1);
        broker.open(TOPIC, List.of(CHANNEL), START);
        broker.deleteChannel(TOPIC, OTHER, START);
        broker.deleteChannel(TOPIC, OTHER, START);
        broker.deleteTopic(TOPIC);
        broker.deleteTopic(TOPIC);
        assertThat(test.events)
                .containsExactly(
                        new TopicCreated(TOPIC),
                        new ChannelCreated(TOPIC, OTHER),
                        new ChannelCreated(TOPIC, CHANNEL),
                        new ChannelDeleted(TOPIC, OTHER),
                        new ChannelDeleted(TOPIC, CHANNEL),
                        new TopicDeleted(TOPIC));
    }

    @Test
    void knowsWhatItHas() {
        assertThat(broker.has(TOPIC)).isFalse();
        assertThat(broker.has(TOPIC, CHANNEL)).isFalse();
        broker.createTopic(TOPIC);
        assertThat(broker.has(TOPIC)).isTrue();
        assertThat(broker.has(TOPIC, CHANNEL)).isFalse();
        broker.createChannel(TOPIC, CHANNEL, START);
        assertThat(broker.has(TOPIC, CHANNEL)).isTrue();
        broker.deleteTopic(TOPIC);
        assertThat(broker.has(TOPIC)).isFalse();
        assertThat(broker.has(TOPIC, CHANNEL)).isFalse();
    }

    @Test
    void openingWhatIsGoneDoesNotBringItBack() {
        broker.open(TOPIC, List.of(CHANNEL), START);
        assertThat(broker.has(TOPIC)).isFalse();
        assertThat(test.events).isEmpty();
    }

    @Test
    void aDeletedChannelDisconnectsItsConsumersAndForgetsItsMessages() throws Refused {
        TestClient consumer = test.consumer(CHANNEL, 1);
        TestClient other = test.consumer(OTHER, 1);
        test.publish("a", "b");
        test.publishDeferred("c", 10, START);
        broker.deleteChannel(TOPIC, CHANNEL, START);
        assertThat(consumer.closed).isTrue();
        assertThat(other.closed).isFalse();
        assertThat(broker.has(TOPIC, CHANNEL)).isFalse();
        consumer.rdy(10, START);
        broker.tick(START + 100 * MS);
        assertThat(consumer.pushed).hasSize(1);
        assertThat(consumer.error(new Command.Fin(consumer.id("a")), START))
                .endsWith("failed ID not in flight");
        assertThat(test.consumer(CHANNEL, 10).pushed).isEmpty();
    }

    @Test
    void aDeletedTopicDisconnectsTheConsumersOfAllItsChannels() throws Refused {
        TestClient one = test.consumer(CHANNEL, 1);
        TestClient two = test.consumer(OTHER, 1);
        broker.pauseTopic(TOPIC, START);
        test.publish("a");
        broker.deleteTopic(TOPIC);
        assertThat(one.closed).isTrue();
        assertThat(two.closed).isTrue();
        assertThat(broker.stats(null, null, false)).isEmpty();
        assertThat(test.consumer(CHANNEL, 1).pushed).as("the backlog is gone").isEmpty();
    }

    @Test
    void aConsumerOfADeletedChannelDoesNotTouchItsSuccessor() throws Refused {
        TestClient old = test.consumer(EPHEMERAL, 1);
        broker.deleteChannel(TOPIC, EPHEMERAL, START);
        TestClient successor = test.consumer(EPHEMERAL, 1);
        old.session.close(START);
        assertThat(broker.has(TOPIC, EPHEMERAL)).isTrue();
        test.publish("a");
        assertThat(successor.bodies()).containsExactly("a");
    }

    @Test
    void anEphemeralChannelGoesWithItsLastConsumer() throws Refused {
        TestClient one = test.consumer(EPHEMERAL, 1);
        TestClient two = test.consumer(EPHEMERAL, 0);
        test.publish("a", "b");
        one.session.close(START);
        assertThat(broker.has(TOPIC, EPHEMERAL)).isTrue();
        two.session.close(START);
        assertThat(broker.has(TOPIC, EPHEMERAL)).isFalse();
        assertThat(broker.has(TOPIC)).isTrue();
        assertThat(test.events).endsWith(new ChannelDeleted(TOPIC, EPHEMERAL));
    }

    @Test
    void anEphemeralChannelThatNeverHadAConsumerStays() {
        broker.createTopic(TOPIC);
        broker.createChannel(TOPIC, EPHEMERAL, START);
        test.consumer(CHANNEL, 1).session.close(START);
        assertThat(broker.has(TOPIC, EPHEMERAL)).isTrue();
        assertThat(broker.has(TOPIC, CHANNEL)).isTrue();
    }

    @Test
    void anEphemeralTopicGoesWithItsLastChannel() throws Refused {
        TestClient one = test.connect().sub(EPHEMERAL_TOPIC, EPHEMERAL, START);
        broker.createChannel(EPHEMERAL_TOPIC, CHANNEL, START);
        one.session.close(START);
        assertThat(broker.has(EPHEMERAL_TOPIC, CHANNEL)).isTrue();
        broker.deleteChannel(EPHEMERAL_TOPIC, CHANNEL, START);
        assertThat(broker.has(EPHEMERAL_TOPIC)).isFalse();
        assertThat(test.events).endsWith(new TopicDeleted(EPHEMERAL_TOPIC));
    }

    @Test
    void anEphemeralTopicThatNeverHadAChannelStays() throws Refused {
        test.publish(EPHEMERAL_TOPIC, START, "a");
        TestClient consumer = test.connect();
        consumer.session.close(START);
        broker.tick(START);
        assertThat(broker.has(EPHEMERAL_TOPIC)).isTrue();
    }

    @Test
    void aChannelHasNoMoreConsumersThanItMay() {
        TestBroker strict = new TestBroker(TestBroker.settings(10, 2, false));
        TestClient first = strict.consumer(CHANNEL, 1);
        strict.consumer(CHANNEL, 1);
        strict.consumer(OTHER, 1);
        TestClient third = strict.connect();
        assertThat(third.error(new Command.Sub(TOPIC, CHANNEL), START))
                .isEqualTo("E_SUB_FAILED SUB failed consumers for t:c exceeds limit of 2");
        assertThat(strict.channel().clientCount()).isEqualTo(2);
        third.session.close(START);
        first.session.close(START);
        strict.consumer(CHANNEL, 1);
        assertThat(strict.channel().clientCount()).isEqualTo(2);
    }

    @Test
    void tickReturnsTheEarliestOfAllChannels() throws Refused {
        test.consumer(CHANNEL, 0);
        test.connect().sub(SECOND, OTHER, START);
        test.publishDeferred("a", 30, START);
        test.publishDeferred("b", 40, START);
        broker.publish(SECOND, body("c"), 20 * MS, Durability.MEM, START);
        assertThat(broker.tick(START)).isEqualTo(START + 20 * MS);
        assertThat(broker.tick(START + 20 * MS)).isEqualTo(START + 30 * MS);
        broker.publish(SECOND, body("d"), 5 * MS, Durability.MEM, START + 20 * MS);
        assertThat(broker.tick(START + 20 * MS)).isEqualTo(START + 25 * MS);
        assertThat(broker.tick(START + 30 * MS)).isEqualTo(START + 40 * MS);
        broker.deleteTopic(TOPIC);
        assertThat(broker.tick(START + 30 * MS)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aTopicThatIsDeletedWhileItsBacklogIsStalledIsForgotten() throws Refused {
        TestBroker small = new TestBroker(1);
        small.consumer(CHANNEL, 0);
        small.publish("a");
        small.broker.pauseTopic(TOPIC, START);
        small.publish("b");
        small.broker.unpauseTopic(TOPIC, START);
        small.broker.deleteTopic(TOPIC);
        TestClient consumer = small.consumer(CHANNEL, 10);
        small.broker.tick(START);
        assertThat(consumer.pushed).isEmpty();
        assertThat(small.topic(TOPIC).depth()).isZero();
    }

    @Test
    void aStalledBacklogMovesOnWhenTheFullChannelIsDeletedOrEmptied() throws Refused {
        TestBroker small = new TestBroker(1);
        small.consumer(CHANNEL, 0);
        TestClient other = small.consumer(OTHER, 10);
        small.publish("a");
        small.broker.pauseTopic(TOPIC, START);
        small.publish("b");
        small.broker.unpauseTopic(TOPIC, START);
        small.broker.emptyChannel(TOPIC, CHANNEL, START);
        small.broker.tick(START);
        assertThat(other.bodies()).containsExactly("a", "b");
        small.broker.pauseTopic(TOPIC, START);
        small.publish("c");
        small.broker.unpauseTopic(TOPIC, START);
        small.broker.deleteChannel(TOPIC, CHANNEL, START);
        small.broker.tick(START);
        assertThat(other.bodies()).containsExactly("a", "b", "c");
    }

    @Test
    void statsShowTopicsByNameAndOnlyWhatWasAskedFor() {
        broker.createTopic(SECOND);
        broker.createTopic(TOPIC);
        broker.createChannel(TOPIC, OTHER, START);
        broker.createChannel(TOPIC, CHANNEL, START);
        broker.createChannel(SECOND, OTHER, START);
        assertThat(broker.stats(null, null, false))
                .extracting(TopicStats::name)
                .containsExactly(TOPIC, SECOND);
        assertThat(broker.stats(SECOND, null, false))
                .extracting(TopicStats::name)
                .containsExactly(SECOND);
        assertThat(broker.stats(null, CHANNEL, false))
                .singleElement()
                .satisfies(t -> assertThat(t.name()).isEqualTo(TOPIC))
                .satisfies(t -> assertThat(t.channels()).hasSize(1));
        assertThat(broker.stats(TOPIC, null, false).get(0).channels()).hasSize(2);
    }

    @Test
    void publishersAreThoseWhoPublishedAndAreStillHere() {
        TestClient one = test.connect();
        TestClient two = test.connect();
        one.execute(new Command.Pub(TOPIC, body("a")), START);
        assertThat(broker.publishers()).hasSize(1);
        two.execute(new Command.Pub(TOPIC, body("b")), START);
        one.execute(new Command.Pub(TOPIC, body("c")), START);
        assertThat(broker.publishers())
                .extracting(c -> c.settings().connection())
                .containsExactly(1L, 2L);
        one.session.close(START);
        assertThat(broker.publishers())
                .extracting(c -> c.settings().connection())
                .containsExactly(2L);
    }
}
