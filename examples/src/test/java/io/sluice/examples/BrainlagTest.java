package io.sluice.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.brainlag.nsq.NSQConfig;
import com.github.brainlag.nsq.NSQConfig.Compression;
import com.github.brainlag.nsq.NSQConsumer;
import com.github.brainlag.nsq.NSQMessage;
import com.github.brainlag.nsq.NSQProducer;
import com.github.brainlag.nsq.callbacks.NSQMessageCallback;
import com.github.brainlag.nsq.lookup.DefaultNSQLookup;
import com.github.brainlag.nsq.lookup.NSQLookup;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * nsq-client of com.github.brainlag, a Java client on Netty that we did not write. It speaks TLS,
 * snappy and deflate; AUTH and DPUB it has not. What is compressed it publishes, but hardly
 * consumes: it has no frame decoder behind its decompressor, so a piece that it has decompressed
 * must be one frame. With snappy and one message in flight that is so, with more or with deflate it
 * is not, here or with NSQ's nsqd.
 */
@Timeout(120)
class BrainlagTest {
    private static final int PATIENCE_S = 30;
    private static final int COUNT = 100;
    private static final int DEFLATE_LEVEL = 6;

    /** A topic is known to the lookup node a moment after its first message: look again soon. */
    private static final int LOOKUP_PERIOD_MS = 100;

    private static final Cluster CLUSTER = new Cluster();

    private static Guarded guarded;
    private static Running plain;
    private static Running strict;

    private final BlockingQueue<NSQMessage> received = new LinkedBlockingQueue<>();

    @BeforeAll
    static void startDaemons() throws Exception {
        guarded = new Guarded();
        CLUSTER.lookupd();
        plain = CLUSTER.nsqd();
        strict = CLUSTER.nsqd(guarded.tlsFlags());
    }

    @AfterAll
    static void stopDaemons() {
        CLUSTER.close();
        guarded.close();
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void publishesAndConsumes(Compression compression) throws Exception {
        publishAndConsume(plain, "plain-" + compression, compression, null);
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void encrypted(Compression compression) throws Exception {
        publishAndConsume(strict, "tls-" + compression, compression, tls());
    }

    private static SslContext tls() throws Exception {
        return SslContextBuilder.forClient()
                .sslProvider(SslProvider.JDK)
                .trustManager(guarded.trust())
                // It does not tell Netty whom it has connected to.
                .endpointIdentificationAlgorithm(null)
                .build();
    }

    private static NSQConfig config(Compression compression, SslContext tls) {
        NSQConfig config = new NSQConfig();
        config.setCompression(compression);
        // Without a level it breaks off when it is told that it may compress.
        if (compression == Compression.DEFLATE) config.setDeflateLevel(DEFLATE_LEVEL);
        if (tls != null) config.setSslContext(tls);
        return config;
    }

    private static NSQConfig consuming(Compression compression, SslContext tls) {
        if (compression == Compression.DEFLATE) return config(Compression.NO_COMPRESSION, tls);
        NSQConfig config = config(compression, tls);
        if (compression == Compression.SNAPPY) config.setMaxInFlight(1);
        return config;
    }

    private void publishAndConsume(
            Running nsqd, String topic, Compression compression, SslContext tls) throws Exception {
        List<String> bodies = IntStream.rangeClosed(0, COUNT).mapToObj(BrainlagTest::body).toList();
        NSQProducer producer = producer(nsqd, config(compression, tls));
        producer.produceMulti(
                topic, bodies.subList(0, COUNT).stream().map(String::getBytes).toList());
        producer.produce(topic, bodies.get(COUNT).getBytes(StandardCharsets.UTF_8));
        producer.shutdown();

        List<String> all = new ArrayList<>();
        NSQConfig consuming = consuming(compression, tls);
        NSQConsumer consumer = consumer(topic, consuming, NSQMessage::finished);
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
        return new NSQConsumer(lookup, topic, "billing", callback, config)
                .setLookupPeriod(LOOKUP_PERIOD_MS)
                .start();
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
