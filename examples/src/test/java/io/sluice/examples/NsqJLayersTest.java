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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** nsq-j over TLS, compressed, and with a secret. */
class NsqJLayersTest {
    private static final int PATIENCE_S = 30;

    private final Cluster cluster = new Cluster();
    private final Client client = new Client();

    @AfterEach
    void stop() {
        client.stop();
        cluster.close();
    }

    @ParameterizedTest
    @CsvSource({"true, false", "false, true"})
    void compressed(boolean snappy, boolean deflate) throws Exception {
        cluster.lookupd();
        publishAndConsume(cluster.nsqd(), config(false, snappy, deflate));
    }

    @ParameterizedTest
    @CsvSource({"false, false", "true, false", "false, true"})
    void encryptedAndWithASecret(boolean snappy, boolean deflate) throws Exception {
        try (Guarded guarded = new Guarded()) {
            cluster.lookupd();
            client.setSSLSocketFactory(guarded.sockets());
            client.setAuthSecret(Guarded.SECRET);
            publishAndConsume(cluster.nsqd(guarded.flags()), config(true, snappy, deflate));
            client.stop();
        }
    }

    @Test
    void levelOfDeflate() throws Exception {
        cluster.lookupd();
        Config config = config(false, false, true);
        config.setDeflateLevel(1);
        publishAndConsume(cluster.nsqd(), config);
    }

    private static Config config(boolean tls, boolean snappy, boolean deflate) {
        Config config = new Config();
        config.setTlsV1(tls);
        config.setSnappy(snappy);
        config.setDeflate(deflate);
        return config;
    }

    private void publishAndConsume(Running nsqd, Config config) throws Exception {
        Publisher publisher = new Publisher(client, nsqd.tcp().toString(), null);
        publisher.setConfig(config);
        List<byte[]> bodies = IntStream.range(0, 100).mapToObj(i -> body(i).getBytes()).toList();
        publisher.publish("orders", bodies);
        publisher.publish("orders", body(100).getBytes());

        BlockingQueue<String> received = new LinkedBlockingQueue<>();
        String[] lookupds = cluster.lookupdHttp().toArray(String[]::new);
        Subscriber subscriber = new Subscriber(client, 1, 5, lookupds);
        subscriber.setConfig(config);
        subscriber.setMaxFlushDelayMillis(10);
        subscriber.subscribe(
                "orders",
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
