package io.sluice.nsqd.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.nsqd.blackbox.TestClient;
import io.sluice.protocol.Bytes;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.Command;
import io.sluice.protocol.TopicName;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that get on, out of memory and out of the log, while daemons end, well or not. */
@Tag("crash")
class MoveTest {
    private static final TopicName FROM = new TopicName("failed");
    private static final TopicName TO = new TopicName("again");
    private static final ChannelName CHANNEL = new ChannelName("c");
    private static final String MEMORY = "--mem-queue-size=1000";
    private static final int MESSAGES = 20_000;
    private static final int DEFERRED = 3_000;
    private static final long LONG_MS = 600_000;

    @RegisterExtension final Home home = new Home();

    private NsqdProcess start(String level) {
        return home.start(MEMORY, "--durability=" + level);
    }

    /** Most of it in the log. */
    private static void publish(NsqdProcess nsqd) {
        for (TopicName topic : List.of(FROM, TO)) {
            nsqd.api().createTopic(topic);
            nsqd.api().createChannel(topic, CHANNEL);
        }
        try (TestClient client = nsqd.connect()) {
            client.publishAll(FROM, numbered(MESSAGES));
        }
    }

    private static List<Bytes> numbered(int count) {
        return IntStream.range(0, count).mapToObj(i -> Body.of("m" + i, i % 200)).toList();
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "m" + i).toList();
    }

    private static JsonNode done(NsqdProcess nsqd, String call) {
        Api.Answer answer = nsqd.api().post("/channel/" + call, "");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return Api.tree(answer.body());
    }

    private static JsonNode move(NsqdProcess nsqd, int count) {
        return done(nsqd, "move?topic=failed&channel=c&to=again&count=" + count);
    }

    private static List<String> drain(NsqdProcess nsqd, TopicName topic) {
        return Drain.all(nsqd, topic, CHANNEL).stream()
                .map(message -> Body.name(message.body()))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mem", "fsync"})
    void eachIsInOneOfTheTopicsAfterAStop(String level) {
        NsqdProcess nsqd = start(level);
        publish(nsqd);
        assertThat(move(nsqd, 700).path("moved").asInt()).isEqualTo(700);
        assertThat(move(nsqd, 8_000).path("left").asInt()).isEqualTo(MESSAGES - 8_700);
        nsqd.stop();

        NsqdProcess next = start(level);
        assertThat(move(next, 300).path("moved").asInt()).isEqualTo(300);
        List<String> moved = drain(next, TO);
        assertThat(moved).hasSize(9_000);
        List<String> all = new ArrayList<>(moved);
        all.addAll(drain(next, FROM));
        assertThat(all).containsExactlyInAnyOrderElementsOf(names(MESSAGES));
    }

    /** Also that which is being moved when it happens. */
    @ParameterizedTest
    @ValueSource(strings = {"os", "fsync"})
    void noneIsLostByAKill(String level) {
        NsqdProcess nsqd = start(level);
        publish(nsqd);
        CompletableFuture<Void> moving = CompletableFuture.runAsync(() -> move(nsqd, 10_000));
        Await.that(
                () -> "some are moved: " + nsqd.api().topic(TO),
                () -> nsqd.api().topic(TO).path("message_count").asInt() > 0);
        nsqd.kill();
        // Its answer may have been on its way.
        moving.exceptionally(
                        cut -> {
                            assertThat(cut).hasCauseInstanceOf(UncheckedIOException.class);
                            return null;
                        })
                .join();

        NsqdProcess next = start(level);
        List<String> moved = drain(next, TO);
        List<String> stayed = drain(next, FROM);
        Set<String> distinct = new TreeSet<>(moved);
        distinct.addAll(stayed);
        System.out.printf(
                "kill at %s while messages are moved: %d moved, %d in both topics%n",
                level, moved.size(), moved.size() + stayed.size() - distinct.size());
        assertThat(distinct).containsExactlyInAnyOrderElementsOf(names(MESSAGES));
    }

    @Test
    void whatWasDeferredIsRequeuedOutOfTheLog() {
        NsqdProcess nsqd = start("os");
        nsqd.api().createTopic(FROM);
        nsqd.api().createChannel(FROM, CHANNEL);
        try (TestClient client = nsqd.connect()) {
            for (Bytes body : numbered(DEFERRED)) {
                client.send(new Command.Dpub(FROM, LONG_MS, body)).expectOk();
            }
        }
        nsqd.stop();

        NsqdProcess next = start("os");
        JsonNode some = done(next, "requeue?topic=failed&channel=c&count=1700");
        assertThat(some.path("requeued").asInt()).isEqualTo(1_700);
        assertThat(some.path("left").asInt()).isEqualTo(DEFERRED - 1_700);
        next.kill();

        NsqdProcess last = start("os");
        assertThat(done(last, "requeue?topic=failed&channel=c").path("left").asInt()).isZero();
        assertThat(drain(last, FROM)).containsExactlyInAnyOrderElementsOf(names(DEFERRED));
    }
}
