package io.sluice.nsqd.crash;

import static io.sluice.nsqd.crash.Mixture.CHANNEL;
import static io.sluice.nsqd.crash.Mixture.FOR_LATER;
import static io.sluice.nsqd.crash.Mixture.MESSAGES;
import static io.sluice.nsqd.crash.Mixture.TOPIC;
import static io.sluice.nsqd.crash.Mixture.WITNESS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.nsqd.blackbox.TestClient;
import io.sluice.protocol.Bytes;
import io.sluice.protocol.Message;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is still there after a daemon has ended, well or not. */
@Tag("crash")
class RestartTest {
    private static final String MEMORY = "--mem-queue-size=1000";
    private static final int IN_MEMORY = 1_000;
    private static final int FINISHED = 1_300;
    private static final int IN_FLIGHT = 200;
    private static final long LONG_MS = 600_000;
    private static final long SHORT_MS = 10_000;

    @RegisterExtension final Home home = new Home();

    @ParameterizedTest
    @ValueSource(strings = {"mem", "os", "fsync"})
    void aStopKeepsEverything(String level) {
        NsqdProcess nsqd = home.start(MEMORY, "--durability=" + level);
        Mixture mixture = new Mixture(nsqd, LONG_MS);
        nsqd.stop();

        NsqdProcess next = home.start(MEMORY, "--durability=" + level);
        expectWaiting(next);
        List<Message> came = Drain.all(next, TOPIC, CHANNEL);
        mixture.verify(came);
        mixture.verifyAttempts(came);
        Mixture.awaitCounts(next.api(), CHANNEL, 0, 0, FOR_LATER);
        Mixture.awaitCounts(next.api(), WITNESS, 0, 0, Mixture.PUBLISHED_FOR_LATER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"os", "fsync"})
    void aKillLosesNothingThatWasAcknowledged(String level) {
        NsqdProcess nsqd = home.start(MEMORY, "--durability=" + level);
        Mixture mixture = new Mixture(nsqd, LONG_MS);
        nsqd.kill();

        NsqdProcess next = home.start(MEMORY, "--durability=" + level);
        expectWaiting(next);
        mixture.verify(Drain.all(next, TOPIC, CHANNEL));
        Mixture.awaitCounts(next.api(), CHANNEL, 0, 0, FOR_LATER);
        System.out.printf(
                "kill at %s: 0 of %d lost, %d of %d that were finished came again%n",
                level,
                MESSAGES,
                Drain.depth(next, TOPIC, WITNESS),
                MESSAGES - Mixture.PUBLISHED_FOR_LATER);
    }

    /** After the second start: what was for later still is, all else waits. */
    private static void expectWaiting(NsqdProcess nsqd) {
        long waiting = Drain.depth(nsqd, TOPIC, CHANNEL);
        JsonNode stats = nsqd.api().channel(TOPIC, CHANNEL);
        String counts = waiting + " wait, " + stats.path("deferred_count") + " are for later";
        assertThat(counts)
                .isEqualTo((MESSAGES - FOR_LATER) + " wait, " + FOR_LATER + " are for later");
    }

    @Test
    void whatIsForLaterComesWhenItIsDueAfterAStop() {
        NsqdProcess nsqd = home.start(MEMORY);
        Mixture mixture = new Mixture(nsqd, SHORT_MS);
        nsqd.stop();
        mixture.verifyTimes(Drain.take(home.start(MEMORY), TOPIC, CHANNEL, MESSAGES));
    }

    @Test
    void whatIsForLaterComesWhenItIsDueAfterAKill() {
        NsqdProcess nsqd = home.start(MEMORY, "--durability=os");
        Mixture mixture = new Mixture(nsqd, SHORT_MS);
        nsqd.kill();
        NsqdProcess next = home.start(MEMORY, "--durability=os");
        mixture.verifyTimes(Drain.take(next, TOPIC, CHANNEL, MESSAGES));
    }

    @Test
    void aKillLosesNothingThatHadOverflowed() {
        NsqdProcess nsqd = home.start(MEMORY);
        nsqd.api().createTopic(TOPIC);
        nsqd.api().createChannel(TOPIC, CHANNEL);
        Set<String> owed = new HashSet<>(bodies(IN_MEMORY, MESSAGES));
        try (TestClient client = nsqd.connect()) {
            client.publishAll(TOPIC, numbered(0, MESSAGES));
        }
        Set<String> done = new HashSet<>();
        try (TestClient client = nsqd.connect()) {
            client.subscribe(TOPIC, CHANNEL, IN_FLIGHT);
            for (int i = 0; i < FINISHED + IN_FLIGHT; i++) {
                Message message = client.message();
                if (i >= FINISHED) continue;
                done.add(message.body().utf8());
                client.finish(message);
            }
            int waiting = MESSAGES - FINISHED - IN_FLIGHT;
            Mixture.awaitCounts(nsqd.api(), CHANNEL, waiting, IN_FLIGHT, 0);
            nsqd.kill();
        }
        owed.removeAll(done);

        NsqdProcess next = home.start(MEMORY);
        Set<String> came = Drain.distinctBodies(Drain.all(next, TOPIC, CHANNEL));
        Set<String> lost = new HashSet<>(owed);
        lost.removeAll(came);
        came.retainAll(done);
        System.out.printf(
                "kill at mem: %d of %d that had overflowed lost, %d of %d finished came again%n",
                lost.size(), owed.size(), came.size(), FINISHED);
        assertThat(lost).as("%d of %d lost", lost.size(), owed.size()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTopicWithoutAChannelKeepsItsBacklog(boolean properly) {
        NsqdProcess nsqd = home.start(MEMORY, "--durability=os");
        try (TestClient client = nsqd.connect()) {
            client.publishAll(TOPIC, numbered(0, MESSAGES));
        }
        if (properly) nsqd.stop();
        else nsqd.kill();

        NsqdProcess next = home.start(MEMORY, "--durability=os");
        assertThat(next.api().topic(TOPIC).path("depth").asInt()).isEqualTo(MESSAGES);
        next.api().createChannel(TOPIC, CHANNEL);
        assertThat(Drain.bodies(Drain.all(next, TOPIC, CHANNEL)))
                .containsExactlyElementsOf(bodies(0, MESSAGES));
    }

    private static List<String> bodies(int from, int to) {
        return numbered(from, to).stream().map(Bytes::utf8).toList();
    }

    private static List<Bytes> numbered(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> Bytes.utf8(String.format("message %05d", i)))
                .toList();
    }
}
