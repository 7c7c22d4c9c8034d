package io.sluice.nsqd.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.nsqd.blackbox.TestClient;
import io.sluice.protocol.Bytes;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.Command;
import io.sluice.protocol.Message;
import io.sluice.protocol.TopicName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Three thousand messages in a channel: most wait, 200 are in flight, 25 were published and 25
 * requeued for later. Those that were not published for later have also been finished in a second
 * channel, by which their ids and times are known.
 */
final class Mixture {
    static final TopicName TOPIC = new TopicName("mixture");
    static final ChannelName CHANNEL = new ChannelName("c");
    static final ChannelName WITNESS = new ChannelName("witness");
    static final int MESSAGES = 3_000;
    static final int IN_FLIGHT = 200;
    static final int PUBLISHED_FOR_LATER = 25;
    static final int REQUEUED_FOR_LATER = 25;
    static final int FOR_LATER = PUBLISHED_FOR_LATER + REQUEUED_FOR_LATER;

    private static final int BATCH = 25;
    private static final int READY = 2_500;

    private final Map<String, Message> witnessed = new HashMap<>();
    private final Set<String> inFlight = new HashSet<>();
    private final Set<String> requeued = new HashSet<>();
    private final TestClient consumer;
    private long dueNs;

    /** Arranges all that. The consumer stays, and never answers. */
    Mixture(NsqdProcess nsqd, long delayMs) {
        Api api = nsqd.api();
        api.createTopic(TOPIC);
        api.createChannel(TOPIC, CHANNEL);
        api.createChannel(TOPIC, WITNESS);
        dueNs = System.nanoTime() + delayMs * 1_000_000;
        publish(nsqd, delayMs);
        witness(nsqd);
        consumer = nsqd.connect();
        consume(delayMs);
        int waiting = MESSAGES - IN_FLIGHT - FOR_LATER;
        awaitCounts(api, CHANNEL, waiting, IN_FLIGHT, FOR_LATER);
        awaitCounts(api, WITNESS, 0, 0, PUBLISHED_FOR_LATER);
    }

    private static void publish(NsqdProcess nsqd, long delayMs) {
        try (TestClient client = nsqd.connect()) {
            for (int i = 0; i < PUBLISHED_FOR_LATER; i++) {
                client.send(new Command.Dpub(TOPIC, delayMs, Bytes.utf8("later " + i))).expectOk();
            }
            for (int from = PUBLISHED_FOR_LATER; from < MESSAGES; from += BATCH) {
                List<Bytes> batch = new ArrayList<>();
                for (int i = from; i < from + BATCH; i++) batch.add(Bytes.utf8("message " + i));
                client.publishAll(TOPIC, batch);
            }
        }
    }

    private void witness(NsqdProcess nsqd) {
        try (TestClient client = nsqd.connect()) {
            client.subscribe(TOPIC, WITNESS, READY);
            for (int i = PUBLISHED_FOR_LATER; i < MESSAGES; i++) {
                Message message = client.message();
                assertThat(message.body().utf8()).as("for later").startsWith("message ");
                witnessed.put(message.body().utf8(), message);
                client.finish(message);
            }
            client.expectQuiet();
        }
        assertThat(witnessed).hasSize(MESSAGES - PUBLISHED_FOR_LATER);
    }

    private void consume(long delayMs) {
        consumer.subscribe(TOPIC, CHANNEL, REQUEUED_FOR_LATER);
        List<Command> requeues = new ArrayList<>(List.of(new Command.Rdy(0)));
        for (int i = 0; i < REQUEUED_FOR_LATER; i++) {
            Message message = consumer.message();
            requeued.add(message.body().utf8());
            requeues.add(new Command.Req(message.id(), delayMs));
        }
        consumer.send(requeues.toArray(Command[]::new)).send(new Command.Rdy(IN_FLIGHT));
        for (int i = 0; i < IN_FLIGHT; i++) inFlight.add(consumer.message().body().utf8());
    }

    /** Waits until a channel has so many messages of each kind. */
    static void awaitCounts(Api api, ChannelName channel, int waiting, int inFlight, int forLater) {
        Await.that(
                () -> waiting + ", " + inFlight + ", " + forLater + ": " + api.topic(TOPIC),
                () -> {
                    JsonNode stats = api.channel(TOPIC, channel);
                    return stats.path("depth").asInt() == waiting
                            && stats.path("in_flight_count").asInt() == inFlight
                            && stats.path("deferred_count").asInt() == forLater;
                });
    }

    /** Checks what came of what was not for later: all of it, and as it was. */
    void verify(List<Message> came) {
        Set<String> expected = new HashSet<>(witnessed.keySet());
        expected.removeAll(requeued);
        Set<String> bodies = Drain.distinctBodies(came);
        Set<String> lost = new HashSet<>(expected);
        lost.removeAll(bodies);
        assertThat(lost).as("%d of %d lost", lost.size(), expected.size()).isEmpty();
        assertThat(bodies).isEqualTo(expected);
        for (Message message : came) {
            Message before = witnessed.get(message.body().utf8());
            assertThat(message.id()).isEqualTo(before.id());
            assertThat(message.timestampNs()).isEqualTo(before.timestampNs());
        }
    }

    /** Checks that deliveries before count, after a proper end. */
    void verifyAttempts(List<Message> came) {
        for (Message message : came) {
            String body = message.body().utf8();
            boolean again = inFlight.contains(body) || requeued.contains(body);
            assertThat(message.attempts()).as(body).isEqualTo(again ? 2 : 1);
        }
    }

    /** Checks that all has come, and nothing that was for later before its time. */
    void verifyTimes(List<Drain.Arrival> came) {
        List<Message> waiting = new ArrayList<>();
        int later = 0;
        for (Drain.Arrival arrival : came) {
            if (requeued.contains(arrival.body()) || arrival.body().startsWith("later ")) {
                assertThat(arrival.atNs()).as(arrival.toString()).isGreaterThan(dueNs);
                later++;
            } else {
                waiting.add(arrival.message());
            }
        }
        assertThat(later).isEqualTo(FOR_LATER);
        verify(waiting);
    }
}
