package io.sluice.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.sproutsocial.nsq.Client;
import com.sproutsocial.nsq.Config;
import com.sproutsocial.nsq.Message;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** nsq-j over TLS, compressed, and with a secret. */
class NsqJLayersTest {
    private static final int PATIENCE_S = 30;

    private static final Cluster CLUSTER = new Cluster();

    private static Guarded guarded;
    private static Running plain;
    private static Running strict;

    private final Client client = new Client();

    @BeforeAll
    static void startDaemons() throws Exception {
        guarded = new Guarded();
        CLUSTER.lookupd();
        plain = CLUSTER.nsqd();
        strict = CLUSTER.nsqd(guarded.flags());
    }

    @AfterAll
    static void stopDaemons() {
        CLUSTER.close();
        guarded.close();
    }

    @AfterEach
    void stop() {
        client.stop();
    }

    @ParameterizedTest
    @CsvSource({"true, false", "false, true"})
    void compressed(boolean snappy, boolean deflate) throws Exception {
        publishAndConsume(plain, "plain" + snappy, config(false, snappy, deflate));
    }

    @ParameterizedTest
    @CsvSource({"false, false", "true, false", "false, true"})
    void encryptedAndWithASecret(boolean snappy, boolean deflate) throws Exception {
        client.setSSLSocketFactory(guarded.sockets());
        client.setAuthSecret(Guarded.SECRET);
        publishAndConsume(strict, "tls" + snappy + deflate, config(true, snappy, deflate));
    }

    private static Config config(boolean tls, boolean snappy, boolean deflate) {
        Config config = new Config();
        config.setTlsV1(tls);
        config.setSnappy(snappy);
        config.setDeflate(deflate);
        return config;
    }

    private void publishAndConsume(Running nsqd, String topic, Config config) throws Exception {
        Publisher publisher = new Publisher(client, nsqd.tcp().toString(), null);
        publisher.setConfig(config);
        List<byte[]> bodies = IntStream.range(0, 100).mapToObj(i -> body(i).getBytes()).toList();
        publisher.publish(topic, bodies);
        publisher.publish(topic, body(100).getBytes());

        BlockingQueue<String> received = new LinkedBlockingQueue<>();
        String[] lookupds = CLUSTER.lookupdHttp().toArray(String[]::new);
        Subscriber subscriber = new Subscriber(client, 1, 5, lookupds);
        subscriber.setConfig(config);
        subscriber.setMaxFlushDelayMillis(10);
        subscriber.subscribe(
                topic,
                "billing",
                (Message message) -> {
                    received.add(new String(message.getData(), StandardCharsets.UTF_8));
                    message.finish();
                });
        List<String> all = new ArrayList<>();
        for (int i = 0; i <= 100; i++) {
            String next = received.poll(PATIENCE_S, TimeUnit.SECONDS);
            assertThat(next).as("message after " + all.size()).isNotNull();
            all.add(next);
        }
        assertThat(all)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(0, 100).mapToObj(NsqJLayersTest::body).toList());
    }

    private static String body(int i) {
        return "message " + i + " of some length".repeat(i);
    }
}
