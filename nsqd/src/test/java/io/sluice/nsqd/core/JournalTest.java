package io.sluice.nsqd.core;

import static io.sluice.nsqd.core.TestBroker.CHANNEL;
import static io.sluice.nsqd.core.TestBroker.EPHEMERAL_TOPIC;
import static io.sluice.nsqd.core.TestBroker.MS;
import static io.sluice.nsqd.core.TestBroker.OTHER;
import static io.sluice.nsqd.core.TestBroker.START;
import static io.sluice.nsqd.core.TestBroker.TOPIC;
import static io.sluice.nsqd.core.TestBroker.body;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.nsqd.core.LogEntry.ChannelState;
import io.sluice.nsqd.core.LogEntry.Finished;
import io.sluice.nsqd.core.LogEntry.Message;
import io.sluice.nsqd.core.LogEntry.Reach;
import io.sluice.nsqd.core.LogEntry.Ref;
import io.sluice.nsqd.core.LogEntry.Requeued;
import io.sluice.nsqd.core.LogEntry.TopicState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Levels os and fsync: everything is in the log, and what becomes of it. */
class JournalTest {
    private final TestBroker os = broker(Durability.OS);

    private static TestBroker broker(Durability level) {
        return new TestBroker(TestBroker.settings(2, 0, false, level));
    }

    private <T extends LogEntry> List<T> logged(Class<T> kind) {
        List<T> found = new ArrayList<>();
        for (LogEntry entry : os.log().entries.values()) {
            if (kind.isInstance(entry)) found.add(kind.cast(entry));
        }
        return found;
    }

    private List<String> bodies() {
        return logged(Message.class).stream().map(m -> m.body().utf8()).toList();
    }

    @Test
    void everyMessageIsLoggedBeforeItIsTaken() throws Refused {
        os.publish("a");
        TestClient consumer = os.consumer(CHANNEL, 10);
        os.publish("b", "c");
        os.publishDeferred("d", 10, START);
        assertThat(consumer.bodies()).containsExactly("a", "b", "c");
        assertThat(bodies()).containsExactly("a", "b", "c", "d");
        assertThat(logged(Message.class))
                .extracting(Message::reach)
                .containsExactly(Reach.PUBLISHED, Reach.PUBLISHED, Reach.PUBLISHED, Reach.DEFERRED);
    }

    @Test
    void whatIsDoneInATurnIsLoggedAtItsEndOncePerChannel() throws Refused {
        TestClient consumer = os.consumer(CHANNEL, 10);
        TestClient other = os.consumer(OTHER, 10);
        for (String body : List.of("a", "b", "c", "d")) os.publish(body);
        consumer.fin("a", START);
        consumer.req("b", 20, START);
        consumer.fin("c", START);
        other.fin("a", START);
        assertThat(logged(Finished.class)).isEmpty();
        os.broker.tick(START);
        assertThat(logged(Finished.class)).hasSize(2);
        assertThat(logged(Finished.class).get(0).lsns()).hasSize(2);
        List<Ref> requeued = logged(Requeued.class).get(0).refs();
        assertThat(requeued).singleElement().satisfies(r -> assertThat(r.attempts()).isEqualTo(1));
        assertThat(requeued.get(0).dueNs()).isEqualTo(START + 20 * MS);
        long end = os.log().end();
        os.broker.tick(START);
        assertThat(os.log().end()).isEqualTo(end);
    }

    /** What is beyond the cursor is counted; a message that was finished is none of it. */
    @Test
    void aSegmentThatBeginsWithinATurnKnowsWhatWasFinishedInIt() throws Refused {
        TestClient consumer = os.consumer(CHANNEL, 0);
        os.publish("a", "b", "in the log");
        os.publishDeferred("later", 10, START);
        long due = START + 10 * MS;
        os.broker.tick(due);
        consumer.rdy(3, due);
        assertThat(consumer.bodies()).containsExactly("a", "b", "later");
        consumer.fin("later", due);
        int states = logged(TopicState.class).size();
        while (logged(TopicState.class).size() == states) os.publish("more");
        os.broker.tick(due);
        assertThat(os.log().entries.lastEntry().getValue()).isInstanceOf(Finished.class);
        LogReplay replay = new LogReplay(Durability.OS, List.of());
        os.log()
                .entries
                .tailMap(os.log().starts.get(states))
                .forEach((lsn, entry) -> replay.apply(new LogEntry.Numbered(lsn, entry)));
        ChannelState replayed = replay.state(os.log().end()).channels().get(0);
        assertThat(replayed.unread()).isEqualTo(os.log().state().channels().get(0).unread());
    }

    @Test
    void aFullDiskRefusesWhateverRoomMemoryHasAndTakesFinishes() throws Refused {
        TestClient consumer = os.consumer(CHANNEL, 10);
        os.publish("a");
        os.log().refusal = "disk full";
        assertThatThrownBy(() -> os.publish("b")).hasMessage("disk full");
        assertThatThrownBy(() -> os.publishDeferred("b", 5, START)).hasMessage("disk full");
        consumer.fin("a", START);
        os.broker.tick(START);
        assertThat(logged(Finished.class)).hasSize(1);
        assertThat(os.topic(TOPIC).messageCount()).isEqualTo(1);
    }

    @Test
    void atMemOnlyWhatAsksForMoreIsLogged() throws Refused {
        TestBroker mem = broker(Durability.MEM);
        mem.consumer(CHANNEL, 10);
        mem.publish("a");
        assertThat(mem.log().end()).isZero();
        mem.broker.publish(TOPIC, List.of(body("b")), Durability.OS, START);
        assertThat(mem.log().entries.values()).filteredOn(Message.class::isInstance).hasSize(1);
    }

    @Test
    void anOkWaitsForWhatItPromises() throws Refused {
        assertThat(awaited(Durability.MEM, Durability.MEM))
                .as("publishers do not run ahead of the log")
                .isEqualTo(Durability.OS);
        assertThat(awaited(Durability.OS, Durability.MEM)).isEqualTo(Durability.OS);
        assertThat(awaited(Durability.MEM, Durability.OS)).isEqualTo(Durability.OS);
        assertThat(awaited(Durability.FSYNC, Durability.OS)).isEqualTo(Durability.FSYNC);
        assertThat(awaited(Durability.OS, Durability.FSYNC)).isEqualTo(Durability.FSYNC);
    }

    /** What an OK waits for while nothing has left the process. */
    private static Durability awaited(Durability topic, Durability atLeast) throws Refused {
        TestBroker test = broker(topic);
        test.broker.createTopic(TOPIC);
        test.log().written = false;
        Receipt receipt = test.broker.publish(TOPIC, List.of(body("a")), atLeast, START);
        if (receipt == null) return null;
        List<String> outcomes = new ArrayList<>();
        receipt.whenDurable(outcomes::add);
        assertThat(outcomes).isEmpty();
        test.answer(START);
        assertThat(outcomes).containsExactly((String) null);
        return test.log().synced > 0 ? Durability.FSYNC : Durability.OS;
    }

    @Test
    void whatIsWrittenAlreadyNeedNotBeWaitedFor() throws Refused {
        assertThat(os.broker.publish(TOPIC, List.of(body("a")), Durability.MEM, START)).isNull();
        assertThat(os.broker.publish(EPHEMERAL_TOPIC, List.of(body("a")), Durability.FSYNC, START))
                .isNull();
    }

    @Test
    void severalTopicsAreWaitedForTogether() throws Refused {
        TestBroker test = broker(Durability.FSYNC);
        Receipt one = test.broker.publish(TOPIC, List.of(body("a")), Durability.MEM, START);
        Receipt two = test.broker.publish(BrokerTest.SECOND, body("b"), 0, Durability.MEM, START);
        List<String> outcomes = new ArrayList<>();
        two.and(one).and(null).whenDurable(outcomes::add);
        test.answer(START);
        assertThat(outcomes).isEmpty();
        test.logs.get(BrokerTest.SECOND).answer(START);
        assertThat(outcomes).hasSize(1);
    }

    @Test
    void segmentsThatAllArePastAreDeletedOnceANewerStateIsSafe() throws Refused {
        TestClient consumer = os.consumer(CHANNEL, 100);
        for (int i = 0; i < 40; i++) {
            os.publish("m" + i);
            consumer.fin("m" + i, START);
        }
        os.broker.tick(START);
        int before = os.log().segments().size();
        assertThat(before).isGreaterThan(1);
        os.broker.tick(START + 1000 * MS);
        assertThat(os.log().segments()).hasSizeGreaterThanOrEqualTo(before);
        assertThat(os.log().entries.lastEntry().getValue()).isInstanceOf(LogEntry.TopicState.class);
        os.answer(START + 1000 * MS);
        assertThat(os.log().segments()).isEmpty();
    }
}
