package io.sluice.nsqd.core;

import static io.sluice.nsqd.core.TestBroker.CHANNEL;
import static io.sluice.nsqd.core.TestBroker.EPHEMERAL;
import static io.sluice.nsqd.core.TestBroker.MS;
import static io.sluice.nsqd.core.TestBroker.START;
import static io.sluice.nsqd.core.TestBroker.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.nsqd.core.LogEntry.Finished;
import io.sluice.protocol.Bytes;
import io.sluice.protocol.ChannelName;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Messages that leave a channel for another topic; small has room for two. */
class MoveTest {
    private static final int MSG_TIMEOUT_MS = 60_000;

    private final TestBroker small = new TestBroker(2);

    private Move begin(ChannelName channel, int count) throws Refused {
        ClientSettings client = TestBroker.client(-1, MSG_TIMEOUT_MS);
        return Move.begin(small.broker, TOPIC, channel, count, client);
    }

    /** What comes next, once the log has answered. */
    private List<String> next(Move move) {
        small.answer(START);
        return move.next(START).stream().map(Bytes::utf8).toList();
    }

    @Test
    void whatWaitsIsTakenFromTheHeadAndFinishedOnceItIsPromised() throws Refused {
        small.consumer(CHANNEL, 0);
        small.publish("a", "b", "c");
        Move move = begin(CHANNEL, 2);
        assertThat(next(move)).containsExactly("a", "b");
        assertThat(small.channel().inFlightCount()).isEqualTo(2);
        assertThat(small.channel().clientCount()).as("it is a consumer").isEqualTo(2);
        assertThat(move.moved()).isZero();
        move.promised(START);
        assertThat(move.isOver()).isTrue();
        move.end(START);
        assertThat(move.moved()).isEqualTo(2);
        assertThat(move.waiting()).isEqualTo(1);
        assertThat(small.channel().inFlightCount()).isZero();
        assertThat(small.channel().clientCount()).isEqualTo(1);
        assertThat(small.channel().depth()).isEqualTo(1);
    }

    @Test
    void whatIsNotPromisedWaitsAgain() throws Refused {
        TestClient consumer = small.consumer(CHANNEL, 0);
        small.publish("a", "b");
        Move move = begin(CHANNEL, 10);
        next(move);
        move.end(START);
        assertThat(move.moved()).isZero();
        consumer.rdy(10, START);
        assertThat(consumer.bodies()).containsExactly("a", "b");
    }

    @Test
    void whatIsNotPromisedInTimeWaitsAgainAndIsNotCountedAsMoved() throws Refused {
        small.consumer(CHANNEL, 0);
        small.publish("a");
        Move move = begin(CHANNEL, 10);
        next(move);
        long late = START + MSG_TIMEOUT_MS * MS;
        small.broker.tick(late);
        move.promised(late);
        move.end(late);
        assertThat(move.moved()).isZero();
        assertThat(small.channel().depth()).isEqualTo(1);
    }

    @Test
    void aPausedChannelCanBeMovedAndStaysPausedForItsConsumers() throws Refused {
        TestClient consumer = small.consumer(CHANNEL, 10);
        small.broker.pauseChannel(TOPIC, CHANNEL);
        small.publish("a", "b");
        Move move = begin(CHANNEL, 10);
        assertThat(next(move)).containsExactly("a", "b");
        move.promised(START);
        move.end(START);
        assertThat(consumer.pushed).isEmpty();
    }

    @Test
    void allThatIsInTheLogComesBatchByBatch() throws Refused {
        small.consumer(CHANNEL, 0);
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 250; i++) all.add("m" + i);
        small.publish(all.toArray(String[]::new));
        Move move = begin(CHANNEL, 1000);
        List<String> moved = new ArrayList<>();
        while (!move.isOver()) {
            List<String> batch = next(move);
            assertThat(batch).hasSizeLessThanOrEqualTo(100);
            moved.addAll(batch);
            move.promised(START);
        }
        assertThat(moved).isEqualTo(all);
        move.end(START);
        assertThat(move.moved()).isEqualTo(250);
        assertThat(small.channel().depth()).isZero();
    }

    @Test
    void deferredMessagesAndThoseInFlightStay() throws Refused {
        small.consumer(CHANNEL, 1);
        small.publish("flies", "waits");
        small.publishDeferred("later", 100, START);
        Move move = begin(CHANNEL, 10);
        assertThat(next(move)).containsExactly("waits");
        move.promised(START);
        move.end(START);
        assertThat(small.channel().inFlightCount()).isEqualTo(1);
        assertThat(small.channel().deferredCount()).isEqualTo(1);
    }

    @Test
    void aChannelThatIsDeletedMeanwhileEndsIt() throws Refused {
        small.consumer(CHANNEL, 0);
        small.publish("a");
        Move move = begin(CHANNEL, 10);
        next(move);
        small.broker.deleteChannel(TOPIC, CHANNEL, START);
        move.promised(START);
        assertThat(move.isOver()).isTrue();
        assertThat(move.next(START)).isEmpty();
        move.end(START);
        assertThat(move.moved()).isZero();
    }

    @Test
    void anEphemeralChannelGoesWithItsLastConsumerAndNotWithAMove() throws Refused {
        small.broker.createTopic(TOPIC);
        small.broker.createChannel(TOPIC, EPHEMERAL, START);
        begin(EPHEMERAL, 10).end(START);
        assertThat(small.broker.has(TOPIC, EPHEMERAL)).isTrue();
        TestClient consumer = small.consumer(EPHEMERAL, 0);
        Move move = begin(EPHEMERAL, 10);
        consumer.session.close(START);
        assertThat(small.broker.has(TOPIC, EPHEMERAL)).isTrue();
        move.end(START);
        assertThat(small.broker.has(TOPIC, EPHEMERAL)).isFalse();
    }

    @Test
    void anEphemeralChannelAlsoGoesAfterAConsumerThatCameAndLeftDuringAMove() throws Refused {
        small.broker.createTopic(TOPIC);
        small.broker.createChannel(TOPIC, EPHEMERAL, START);
        Move move = begin(EPHEMERAL, 10);
        Move another = begin(EPHEMERAL, 10);
        another.end(START);
        small.consumer(EPHEMERAL, 0).session.close(START);
        assertThat(small.broker.has(TOPIC, EPHEMERAL)).as("while it is used").isTrue();
        move.end(START);
        assertThat(small.broker.has(TOPIC, EPHEMERAL)).isFalse();
    }

    @Test
    void anEphemeralChannelWithoutConsumersOutlivesTwoMoves() throws Refused {
        small.broker.createTopic(TOPIC);
        small.broker.createChannel(TOPIC, EPHEMERAL, START);
        Move move = begin(EPHEMERAL, 10);
        begin(EPHEMERAL, 10).end(START);
        move.end(START);
        assertThat(small.broker.has(TOPIC, EPHEMERAL)).isTrue();
    }

    @Test
    void aChannelMayHaveNoRoomForAnotherConsumer() {
        TestBroker one = new TestBroker(TestBroker.settings(10, 1, false));
        one.consumer(CHANNEL, 0);
        ClientSettings client = TestBroker.client(-1, MSG_TIMEOUT_MS);
        assertThatThrownBy(() -> Move.begin(one.broker, TOPIC, CHANNEL, 1, client))
                .hasMessage("exceeds limit of 1");
    }

    @Test
    void itIsJournalledAsAnyFinish() throws Refused {
        TestBroker os = new TestBroker(TestBroker.settings(10, 0, false, Durability.OS));
        os.consumer(CHANNEL, 0);
        os.publish("a", "b");
        ClientSettings client = TestBroker.client(-1, MSG_TIMEOUT_MS);
        Move move = Move.begin(os.broker, TOPIC, CHANNEL, 10, client);
        move.next(START);
        os.broker.tick(START);
        assertThat(finished(os)).isEmpty();
        move.promised(START);
        os.broker.tick(START);
        assertThat(finished(os)).singleElement().satisfies(f -> assertThat(f.lsns()).hasSize(2));
    }

    private static List<Finished> finished(TestBroker of) {
        List<Finished> found = new ArrayList<>();
        for (LogEntry entry : of.log().entries.values()) {
            if (entry instanceof Finished one) found.add(one);
        }
        return found;
    }
}
