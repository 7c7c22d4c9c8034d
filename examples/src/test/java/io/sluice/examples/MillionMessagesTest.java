package io.sluice.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.client.Consumer;
import io.sluice.client.ConsumerOptions;
import io.sluice.client.Producer;
import io.sluice.client.ProducerOptions;
import io.sluice.daemon.Running;
import io.sluice.protocol.Bytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A million messages in batches, to two channels: each comes once, and none beyond RDY. */
class MillionMessagesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MESSAGES = 1_000_000;
    private static final int BATCH = 200;
    private static final int SIZE = 200;
    private static final int MAX_IN_FLIGHT = 500;
    private static final int PATIENCE_S = 120;

    private final Cluster cluster = new Cluster();
    private final Running nsqd = cluster.nsqd("--mem-queue-size=" + MESSAGES);

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void eachReachesBothChannelsOnce() throws Exception {
        Received one = new Received();
        Received other = new Received();
        Http.post(api("/topic/create?topic=t"), "");
        try (Consumer first = consume("one", one);
                Consumer second = consume("other", other)) {
            Await.that("both consume", PATIENCE_S, () -> clients().size() == 2);
            publish();
            while (one.count.get() < MESSAGES || other.count.get() < MESSAGES) {
                for (JsonNode client : clients()) {
                    assertThat(client.path("in_flight_count").asInt())
                            .isLessThanOrEqualTo(client.path("ready_count").asInt());
                }
                // The last one may have come since the loop asked: then there is nothing to await.
                int before = Math.min(one.count.get() + other.count.get(), 2 * MESSAGES - 1);
                Await.that(
                        "more than " + before + " of " + 2 * MESSAGES,
                        PATIENCE_S,
                        () -> one.count.get() + other.count.get() > before);
            }
            Await.that("all finished", PATIENCE_S, this::nothingIsLeft);
        }
        assertThat(one.mostInFlight.get()).isLessThanOrEqualTo(MAX_IN_FLIGHT);
        assertThat(one.wrong()).isZero();
        assertThat(other.wrong()).isZero();
    }

    /** What came through one channel. */
    private static final class Received {
        final AtomicInteger count = new AtomicInteger();
        final AtomicInteger inFlight = new AtomicInteger();
        final AtomicInteger mostInFlight = new AtomicInteger();
        final AtomicIntegerArray times = new AtomicIntegerArray(MESSAGES);

        void take(Bytes body) {
            assertThat(body.length()).isEqualTo(SIZE);
            times.incrementAndGet(body.toBuffer().getInt());
            count.incrementAndGet();
        }

        /** How many messages did not come exactly once. */
        int wrong() {
            int wrong = 0;
            for (int i = 0; i < MESSAGES; i++) if (times.get(i) != 1) wrong++;
            return wrong;
        }
    }

    private Consumer consume(String channel, Received received) {
        ConsumerOptions options =
                ConsumerOptions.builder("t", channel)
                        .nsqd(nsqd.tcp().toString())
                        .maxInFlight(MAX_IN_FLIGHT)
                        .build();
        return Consumer.start(
                options,
                message -> {
                    int now = received.inFlight.incrementAndGet();
                    received.mostInFlight.accumulateAndGet(now, Math::max);
                    received.take(message.body());
                    received.inFlight.decrementAndGet();
                });
    }

    private void publish() {
        ProducerOptions options = ProducerOptions.builder().nsqd(nsqd.tcp().toString()).build();
        try (Producer producer = new Producer(options)) {
            for (int from = 0; from < MESSAGES; from += BATCH) {
                List<Bytes> batch = new ArrayList<>(BATCH);
                for (int i = from; i < from + BATCH; i++) batch.add(message(i));
                producer.publish("t", batch).join();
            }
        }
    }

    private static Bytes message(int number) {
        return Bytes.wrap(ByteBuffer.allocate(SIZE).putInt(number).array());
    }

    private List<JsonNode> clients() throws Exception {
        List<JsonNode> clients = new ArrayList<>();
        for (JsonNode channel : channels()) channel.path("clients").forEach(clients::add);
        return clients;
    }

    private boolean nothingIsLeft() throws Exception {
        for (JsonNode channel : channels()) {
            if (channel.path("depth").asInt() + channel.path("in_flight_count").asInt() > 0) {
                return false;
            }
        }
        return true;
    }

    private JsonNode channels() throws Exception {
        String stats = Http.get(api("/stats?format=json&include_mem=false"));
        return JSON.readTree(stats).path("topics").path(0).path("channels");
    }

    private String api(String path) {
        return "http://" + nsqd.http() + path;
    }
}
