package io.sluice.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.brainlag.nsq.NSQConfig;
import com.github.brainlag.nsq.NSQConsumer;
import com.github.brainlag.nsq.NSQMessage;
import com.github.brainlag.nsq.NSQProducer;
import com.github.brainlag.nsq.callbacks.NSQMessageCallback;
import com.github.brainlag.nsq.lookup.DefaultNSQLookup;
import com.github.brainlag.nsq.lookup.NSQLookup;
import io.sluice.daemon.Running;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * nsq-client of com.github.brainlag, a Java client on Netty that we did not write. It speaks TLS,
 * snappy and deflate, which are not used here: encrypted and compressed it once got nothing, and
 * why is not known. AUTH and DPUB it has not.
 */
@Timeout(120)
class BrainlagTest {
    private static final int PATIENCE_S = 30;
    private static final int COUNT = 100;

    private static final Cluster CLUSTER = new Cluster();

    private static Running plain;

    private final BlockingQueue<NSQMessage> received = new LinkedBlockingQueue<>();

    @BeforeAll
    static void startDaemons() throws Exception {
        CLUSTER.lookupd();
        plain = CLUSTER.nsqd();
    }

    @AfterAll
    static void stopDaemons() {
        CLUSTER.close();
    }

    @Test
    void publishesAndConsumes() throws Exception {
        List<String> bodies = IntStream.rangeClosed(0, COUNT).mapToObj(BrainlagTest::body).toList();
        NSQProducer producer = producer(plain, new NSQConfig());
        producer.produceMulti(
                "plain", bodies.subList(0, COUNT).stream().map(String::getBytes).toList());
        producer.produce("plain", bodies.get(COUNT).getBytes(StandardCharsets.UTF_8));
        producer.shutdown();

        List<String> all = new ArrayList<>();
        NSQConsumer consumer = consumer("plain", new NSQConfig(), NSQMessage::finished);
        for (int i = 0; i <= COUNT; i++) all.add(text(next()));
        consumer.shutdown();
        assertThat(all).containsExactlyInAnyOrderElementsOf(bodies);
    }

    @Test
    void aRequeuedMessageComesAgainWithItsAttemptsCounted() throws Exception {
        NSQProducer producer = producer(plain, new NSQConfig());
        producer.produce("again", "again".getBytes(StandardCharsets.UTF_8));
        producer.shutdown();
        NSQConsumer consumer =
                consumer(
                        "again",
                        new NSQConfig(),
                        message -> {
                            if (message.getAttempts() < 3) message.requeue(50);
                            else message.finished();
                        });
        List<NSQMessage> all = List.of(next(), next(), next());
        consumer.shutdown();
        assertThat(all).extracting(NSQMessage::getAttempts).containsExactly(1, 2, 3);
        assertThat(all).extracting(BrainlagTest::text).containsOnly("again");
        assertThat(received).isEmpty();
    }

    private static NSQProducer producer(Running nsqd, NSQConfig config) {
        return new NSQProducer()
                .setConfig(config)
                .addAddress(nsqd.tcp().host(), nsqd.tcp().port())
                .start();
    }

    private NSQConsumer consumer(String topic, NSQConfig config, NSQMessageCallback answer) {
        NSQLookup lookup = new DefaultNSQLookup();
        String[] address = CLUSTER.lookupdHttp().get(0).split(":");
        lookup.addLookupAddress(address[0], Integer.parseInt(address[1]));
        NSQMessageCallback callback =
                message -> {
                    received.add(message);
                    answer.message(message);
                };
        return new NSQConsumer(lookup, topic, "billing", callback, config).start();
    }

    private NSQMessage next() throws InterruptedException {
        NSQMessage message = received.poll(PATIENCE_S, TimeUnit.SECONDS);
        assertThat(message).as("a message within %s s", PATIENCE_S).isNotNull();
        return message;
    }

    private static String text(NSQMessage message) {
        return new String(message.getMessage(), StandardCharsets.UTF_8);
    }

    private static String body(int i) {
        return "message " + i + " of some length".repeat(i);
    }
}
