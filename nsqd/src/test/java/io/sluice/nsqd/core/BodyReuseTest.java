package io.sluice.nsqd.core;

import static io.sluice.nsqd.core.TestBroker.CHANNEL;
import static io.sluice.nsqd.core.TestBroker.MS;
import static io.sluice.nsqd.core.TestBroker.OTHER;
import static io.sluice.nsqd.core.TestBroker.START;
import static io.sluice.nsqd.core.TestBroker.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.Bytes;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.Command;
import io.sluice.protocol.MessageId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When the array of a long body is used for another one. */
class BodyReuseTest {
    private static final int LENGTH = 5_000;
    private static final int LONGER_THAN_RECENT = 300_000;
    private static final int TIMEOUT_MS = 1_000;

    private TestBroker test = new TestBroker();

    /** Takes what is pushed as a socket does: its bytes are elsewhere when it returns. */
    private final class Consumer implements Outbox {
        final List<MessageId> got = new ArrayList<>();
        final Session session;

        Consumer(ChannelName channel, int ready) {
            session = new Session(test.broker, TestBroker.client(1, TIMEOUT_MS), this);
            session.execute(new Command.Sub(TOPIC, channel), START);
            session.execute(new Command.Rdy(ready), START);
        }

        @Override
        public boolean hasRoom() {
            return true;
        }

        @Override
        public void push(Delivery delivery) {
            got.add(delivery.id());
        }

        @Override
        public void close() {}

        void finish(long nowNs) {
            session.execute(new Command.Fin(got.get(got.size() - 1)), nowNs);
        }

        void requeue(long delayMs) {
            session.execute(new Command.Req(got.get(got.size() - 1), delayMs), START);
        }
    }

    /** Publishes a long message; returns the array of its body. */
    private byte[] publish() throws Refused {
        return publish(LENGTH);
    }

    private byte[] publish(int length) throws Refused {
        byte[] array = new byte[length];
        test.broker.publish(TOPIC, Bytes.sole(array, 0, length), 0, Durability.MEM, START);
        return array;
    }

    /** Ends the turn; true when the next body gets that array. */
    private boolean isUsedAgain(byte[] array) {
        test.broker.tick(START);
        return test.broker.bodyArrays().atLeast(array.length) == array;
    }

    @Test
    void afterItIsFinishedAndTheTurnOver() throws Refused {
        Consumer consumer = new Consumer(CHANNEL, 1);
        byte[] array = publish();
        assertThat(isUsedAgain(array)).as("in flight").isFalse();
        consumer.finish(START);
        assertThat(test.broker.bodyArrays().atLeast(LENGTH)).as("in its turn").isNotSameAs(array);
        assertThat(isUsedAgain(array)).isTrue();
        assertThat(isUsedAgain(array)).as("twice").isFalse();
    }

    @Test
    void notBeforeEveryChannelHasFinishedIt() throws Refused {
        Consumer one = new Consumer(CHANNEL, 1);
        Consumer two = new Consumer(OTHER, 1);
        byte[] array = publish();
        one.finish(START);
        assertThat(isUsedAgain(array)).isFalse();
        two.finish(START);
        assertThat(isUsedAgain(array)).isTrue();
    }

    @Test
    void notWhileItWaitsToBeSentAgain() throws Refused {
        Consumer consumer = new Consumer(CHANNEL, 1);
        byte[] array = publish();
        consumer.requeue(0);
        assertThat(isUsedAgain(array)).as("sent again").isFalse();
        consumer.requeue(5);
        assertThat(isUsedAgain(array)).as("deferred").isFalse();
        test.broker.tick(START + 5 * MS);
        test.broker.tick(START + (5 + TIMEOUT_MS) * MS);
        assertThat(isUsedAgain(array)).as("timed out").isFalse();
        assertThat(consumer.got).hasSize(4);
        consumer.finish(START + (5 + TIMEOUT_MS) * MS);
        assertThat(isUsedAgain(array)).isTrue();
    }

    /** A channel that drops it comes before one that takes it. */
    @Test
    void notWhenItIsLetGoAndTakenInOneTurn() throws Refused {
        test = new TestBroker(1);
        ChannelName first = new ChannelName("a#ephemeral");
        new Consumer(first, 0);
        byte[] held = publish();
        Consumer consumer = new Consumer(CHANNEL, 2);
        byte[] array = publish();
        assertThat(test.channel(TOPIC, first).droppedCount()).isEqualTo(1);
        assertThat(isUsedAgain(array)).isFalse();
        assertThat(isUsedAgain(held)).isFalse();
        consumer.finish(START);
        assertThat(isUsedAgain(array)).isTrue();
    }

    @Test
    void whenTheTopicHeldItBackAndGaveItAway() throws Refused {
        byte[] array = publish();
        Consumer consumer = new Consumer(CHANNEL, 1);
        assertThat(isUsedAgain(array)).isFalse();
        consumer.finish(START);
        assertThat(isUsedAgain(array)).isTrue();
    }

    @Test
    void whenItIsDroppedWithAllOthers() throws Refused {
        byte[] array = publish();
        test.broker.emptyTopic(TOPIC);
        assertThat(isUsedAgain(array)).as("of a topic that is emptied").isTrue();
        test.broker.createChannel(TOPIC, CHANNEL, START);
        array = publish();
        test.broker.emptyChannel(TOPIC, CHANNEL, START);
        assertThat(isUsedAgain(array)).as("of a channel that is emptied").isTrue();
        array = publish();
        test.broker.deleteTopic(TOPIC);
        assertThat(isUsedAgain(array)).as("of a topic that is deleted").isTrue();
    }

    @Test
    void neverWhenSomebodySawIt() throws Refused {
        test.broker.createTopic(TOPIC);
        test.broker.createChannel(TOPIC, CHANNEL, START);
        byte[] array = publish();
        List<PeekedMessage> seen = new ArrayList<>();
        test.broker.peek(TOPIC, CHANNEL, 1, seen::addAll);
        assertThat(seen).hasSize(1);
        new Consumer(CHANNEL, 1).finish(START);
        assertThat(isUsedAgain(array)).isFalse();
    }

    @Test
    void afterItWasLogged() throws Refused {
        test = new TestBroker(TestBroker.settings(1, 0, false, Durability.OS));
        Consumer consumer = new Consumer(CHANNEL, 1);
        byte[] array = publish();
        assertThat(test.log().entries).isNotEmpty();
        assertThat(isUsedAgain(array)).isFalse();
        consumer.finish(START);
        assertThat(isUsedAgain(array)).isTrue();
    }

    @Test
    void atOnceWhenItIsNowhereButInTheLog() throws Refused {
        test = new TestBroker(TestBroker.settings(1, 0, false, Durability.OS));
        new Consumer(CHANNEL, 0);
        byte[] held = publish(LONGER_THAN_RECENT);
        byte[] array = publish(LONGER_THAN_RECENT);
        assertThat(test.channel().diskDepth()).isEqualTo(1);
        assertThat(isUsedAgain(array)).isTrue();
        assertThat(isUsedAgain(held)).isFalse();
    }

    /** Who has nearly caught up with the log gets it from memory. */
    @Test
    void neverWhenItIsAmongThoseLoggedLast() throws Refused {
        test = new TestBroker(TestBroker.settings(1, 0, false, Durability.OS));
        Consumer consumer = new Consumer(CHANNEL, 1);
        for (int i = 0; i < 3; i++) publish();
        byte[] array = publish();
        assertThat(test.channel().diskDepth()).isEqualTo(2);
        assertThat(isUsedAgain(array)).isFalse();
        for (int i = 0; i < 4; i++) {
            consumer.finish(START);
            test.answer(START);
            test.broker.tick(START);
        }
        assertThat(consumer.got).hasSize(4);
        assertThat(isUsedAgain(array)).isFalse();
    }
}
