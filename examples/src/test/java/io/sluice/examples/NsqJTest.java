package io.sluice.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sproutsocial.nsq.Client;
import com.sproutsocial.nsq.Message;
import com.sproutsocial.nsq.MessageHandler;
import com.sproutsocial.nsq.Publisher;
import com.sproutsocial.nsq.Subscriber;
import io.sluice.daemon.Running;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** nsq-j, a Java client that we did not write, against our daemons. */
class NsqJTest {
    private static final int LOOKUP_INTERVAL_S = 1;
    private static final int PATIENCE_S = 30;
    private static final int MSG_TIMEOUT_MS = 2_000;

    private final Cluster cluster = new Cluster();
    private final Client client = new Client();
    private final BlockingQueue<Message> received = new LinkedBlockingQueue<>();
    private Running nsqd;

    @BeforeEach
    void start() {
        cluster.lookupd();
        cluster.lookupd();
        nsqd = cluster.nsqd();
    }

    @AfterEach
    void stop() {
        client.stop();
        cluster.close();
    }

    @Test
    void publishesAloneInBatchesAndDeferredAndConsumesThroughLookup() throws Exception {
        Publisher publisher = publisher();
        List<byte[]> batch =
                IntStream.range(100, 200).mapToObj(i -> bytes("message " + i)).toList();
        for (int i = 0; i < 100; i++) publisher.publish("orders", bytes("message " + i));
        publisher.publish("orders", batch);
        publisher.publishDeferred("orders", bytes("message 200"), 300, TimeUnit.MILLISECONDS);
        subscribe("orders", "billing", Message::finish);

        List<String> bodies = new ArrayList<>();
        for (int i = 0; i <= 200; i++) bodies.add(text(next()));

        assertThat(bodies)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(0, 200).mapToObj(i -> "message " + i).toList());
        assertThat(received).isEmpty();
    }

    @Test
    void aRequeuedMessageComesAgainWithItsAttemptsCounted() throws Exception {
        publisher().publish("orders", bytes("again"));
        subscribe(
                "orders",
                "billing",
                message -> {
                    if (message.getAttempts() < 3) message.requeue(50);
                    else message.finish();
                });

        assertThat(List.of(next().getAttempts(), next().getAttempts(), next().getAttempts()))
                .containsExactly(1, 2, 3);
        JsonNode channel = channelStats();
        assertThat(channel.path("requeue_count").asInt()).isEqualTo(2);
        assertThat(channel.path("timeout_count").asInt()).isZero();
    }

    @Test
    void anUnansweredMessageTimesOutAndComesAgain() throws Exception {
        publisher().publish("orders", bytes("slow"));
        subscribe(
                "orders",
                "billing",
                message -> {
                    if (message.getAttempts() == 2) message.finish();
                });

        Message first = next();
        Message second = next();
        assertThat(second.getAttempts()).isEqualTo(2);
        assertThat(second.getId()).isEqualTo(first.getId());
        assertThat(channelStats().path("timeout_count").asInt()).isEqualTo(1);
    }

    private JsonNode channelStats() throws Exception {
        String stats = Http.get("http://" + nsqd.http() + "/stats?format=json");
        return new ObjectMapper().readTree(stats).path("topics").path(0).path("channels").path(0);
    }

    private Publisher publisher() {
        return new Publisher(client, nsqd.tcp().toString(), null);
    }

    private void subscribe(String topic, String channel, MessageHandler answer) {
        String[] lookupds = cluster.lookupdHttp().toArray(String[]::new);
        Subscriber subscriber = new Subscriber(client, LOOKUP_INTERVAL_S, 5, lookupds);
        subscriber.getConfig().setMsgTimeout(MSG_TIMEOUT_MS);
        // By default it keeps its answers for up to two seconds.
        subscriber.setMaxFlushDelayMillis(10);
        subscriber.subscribe(
                topic,
                channel,
                (Message message) -> {
                    received.add(message);
                    answer.accept(message);
                });
    }

    private Message next() throws InterruptedException {
        Message message = received.poll(PATIENCE_S, TimeUnit.SECONDS);
        assertThat(message).as("a message within %s s", PATIENCE_S).isNotNull();
        return message;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Message message) {
        return new String(message.getData(), StandardCharsets.UTF_8);
    }
}
