package io.sluice.nsqd.core;

import static io.sluice.nsqd.core.TestBroker.CHANNEL;
import static io.sluice.nsqd.core.TestBroker.EPHEMERAL;
import static io.sluice.nsqd.core.TestBroker.MS;
import static io.sluice.nsqd.core.TestBroker.START;
import static io.sluice.nsqd.core.TestBroker.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.nsqd.core.LogEntry.Requeued;
import io.sluice.protocol.ChannelName;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Deferred messages that are not to wait any longer; memory has room for four of them. */
class RequeueNowTest {
    private final TestBroker small = new TestBroker(4);

    private static RequeueNow.Result requeue(TestBroker at, ChannelName channel, int count) {
        List<RequeueNow.Result> results = new ArrayList<>();
        RequeueNow.start(at.broker, TOPIC, channel, count, START, results::add);
        at.answer(START);
        assertThat(results).as("told once").hasSize(1);
        return results.get(0);
    }

    private void defer(int count) throws Refused {
        for (int i = 0; i < count; i++) small.publishDeferred("m" + i, 1000 + i, START);
    }

    private static List<String> names(int count) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) names.add("m" + i);
        return names;
    }

    @Test
    void theEarliestComeFirstAndNoMoreThanAskedFor() throws Refused {
        TestClient consumer = small.consumer(CHANNEL, 100);
        defer(4);
        assertThat(requeue(small, CHANNEL, 3)).isEqualTo(new RequeueNow.Result(3, 1));
        assertThat(consumer.bodies()).containsExactly("m0", "m1", "m2");
        small.broker.tick(START + 1003 * MS);
        assertThat(consumer.bodies()).isEqualTo(names(4));
    }

    @Test
    void thoseInTheLogComeToo() throws Refused {
        TestClient consumer = small.consumer(CHANNEL, 0);
        defer(40);
        assertThat(requeue(small, CHANNEL, 1000)).isEqualTo(new RequeueNow.Result(40, 0));
        assertThat(small.channel().depth()).isEqualTo(40);
        assertThat(small.channel().memoryDepth()).as("their bodies stay there").isLessThan(10);
        consumer.rdy(100, START);
        small.answer(START);
        assertThat(consumer.bodies()).containsExactlyInAnyOrderElementsOf(names(40));
        for (String body : names(40)) consumer.fin(body, START);
        small.broker.tick(START + 10_000 * MS);
        small.answer(START + 10_000 * MS);
        assertThat(consumer.pushed).as("none comes again").hasSize(40);
    }

    @Test
    void someOfThoseInTheLogMayStay() throws Refused {
        TestClient consumer = small.consumer(CHANNEL, 100);
        defer(40);
        assertThat(requeue(small, CHANNEL, 30)).isEqualTo(new RequeueNow.Result(30, 10));
        assertThat(small.channel().deferredCount()).isEqualTo(10);
        small.answer(START);
        assertThat(consumer.pushed).hasSize(30);
        assertThat(requeue(small, CHANNEL, 30)).isEqualTo(new RequeueNow.Result(10, 0));
        small.answer(START);
        assertThat(consumer.bodies()).containsExactlyInAnyOrderElementsOf(names(40));
    }

    @Test
    void attemptsAreKept() throws Refused {
        TestClient consumer = small.consumer(CHANNEL, 100);
        for (String body : names(10)) small.publish(body);
        for (String body : names(10)) consumer.req(body, 5000, START);
        assertThat(requeue(small, CHANNEL, 10).requeued()).isEqualTo(10);
        small.answer(START);
        assertThat(consumer.pushed.subList(10, 20)).allMatch(p -> p.attempts() == 2);
    }

    @Test
    void newMessagesComeBehindThem() throws Refused {
        TestClient consumer = small.consumer(CHANNEL, 0);
        defer(12);
        requeue(small, CHANNEL, 12);
        small.publish("new");
        consumer.rdy(100, START);
        small.answer(START);
        assertThat(consumer.bodies()).hasSize(13).endsWith("new");
        small.broker.tick(START);
        small.publish("live again");
        assertThat(consumer.last().body().utf8()).isEqualTo("live again");
    }

    /** Which the topic has in memory, and in the log before what the channel reads on from. */
    @ParameterizedTest
    @EnumSource(Durability.class)
    void whatATopicHoldsBackMeanwhileComesToo(Durability level) throws Refused {
        TestBroker at = new TestBroker(TestBroker.settings(4, 0, false, level));
        TestClient consumer = at.consumer(CHANNEL, 0);
        for (int i = 0; i < 12; i++) at.publishDeferred("m" + i, 1000 + i, START);
        at.broker.pauseTopic(TOPIC, START);
        for (String body : List.of("held", "back")) at.publish(body);
        assertThat(requeue(at, CHANNEL, 12)).isEqualTo(new RequeueNow.Result(12, 0));
        at.broker.unpauseTopic(TOPIC, START);
        consumer.rdy(100, START);
        at.answer(START);
        assertThat(consumer.bodies()).hasSize(14).containsAll(names(12)).contains("held", "back");
    }

    @Test
    void aChannelThatIsEmptiedMeanwhileKeepsNoneAndItEnds() throws Refused {
        small.consumer(CHANNEL, 0);
        defer(40);
        List<RequeueNow.Result> results = new ArrayList<>();
        RequeueNow.start(small.broker, TOPIC, CHANNEL, 100, START, results::add);
        assertThat(results).isEmpty();
        small.broker.emptyChannel(TOPIC, CHANNEL, START);
        small.answer(START);
        assertThat(results).hasSize(1);
        assertThat(results.get(0).left()).isZero();
        assertThat(small.channel().depth()).isZero();
    }

    @Test
    void aTopicThatIsDeletedMeanwhileEndsIt() throws Refused {
        small.consumer(CHANNEL, 0);
        defer(40);
        List<RequeueNow.Result> results = new ArrayList<>();
        RequeueNow.start(small.broker, TOPIC, CHANNEL, 100, START, results::add);
        small.broker.deleteTopic(TOPIC);
        small.answer(START);
        assertThat(results).hasSize(1);
        assertThat(results.get(0).left()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void whenTheDaemonStopsMeanwhileAllThatIsInTheLogStaysThere(Durability level) throws Refused {
        TestBroker at = new TestBroker(TestBroker.settings(4, 0, false, level));
        at.consumer(CHANNEL, 0);
        for (int i = 0; i < 40; i++) at.publishDeferred("m" + i, 1000 + i, START);
        at.broker.tick(START);
        at.answer(START);
        at.broker.tick(START);
        List<RequeueNow.Result> results = new ArrayList<>();
        RequeueNow.start(at.broker, TOPIC, CHANNEL, 100, START, results::add);
        at.broker.stop(() -> {});
        int requeued = at.channel().memoryDepth();
        at.answer(START);
        assertThat(results).containsExactly(new RequeueNow.Result(requeued, 40 - requeued));
    }

    @Test
    void itIsJournalled() throws Refused {
        TestBroker os = new TestBroker(TestBroker.settings(4, 0, false, Durability.OS));
        os.consumer(CHANNEL, 0);
        for (int i = 0; i < 12; i++) os.publishDeferred("m" + i, 1000, START);
        requeue(os, CHANNEL, 12);
        os.broker.tick(START);
        List<LogEntry.Ref> refs = new ArrayList<>();
        for (LogEntry entry : os.log().entries.values()) {
            if (entry instanceof Requeued requeued) refs.addAll(requeued.refs());
        }
        assertThat(refs).hasSize(12).allMatch(ref -> ref.dueNs() == 0);
    }

    @Test
    void anEphemeralChannelHasThemInMemoryOnly() throws Refused {
        TestClient consumer = small.consumer(EPHEMERAL, 100);
        for (String body : names(4)) small.publish(body);
        for (String body : names(4)) consumer.req(body, 1000, START);
        assertThat(requeue(small, EPHEMERAL, 100)).isEqualTo(new RequeueNow.Result(4, 0));
        assertThat(consumer.pushed).hasSize(8);
    }

    @Test
    void withoutDeferredMessagesNothingHappens() {
        small.consumer(CHANNEL, 0);
        assertThat(requeue(small, CHANNEL, 5)).isEqualTo(new RequeueNow.Result(0, 0));
    }
}
