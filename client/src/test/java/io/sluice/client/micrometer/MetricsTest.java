package io.sluice.client.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.client.Consumer;
import io.sluice.client.ConsumerListener;
import io.sluice.client.ConsumerOptions;
import io.sluice.client.Daemons;
import io.sluice.client.NsqdAddress;
import io.sluice.client.Producer;
import io.sluice.client.ProducerOptions;
import io.sluice.daemon.Running;
import io.sluice.protocol.Bytes;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class MetricsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private Running nsqd;

    @TempDir Path folder;

    @BeforeEach
    void start() {
        nsqd = Daemons.nsqd("--data-path=" + folder);
    }

    @AfterEach
    void stop() {
        nsqd.stop();
    }

    @Test
    void whatIsPublishedAndConsumedIsCounted() throws Exception {
        publish();
        CountDownLatch left = new CountDownLatch(3);
        ConsumerOptions options =
                ConsumerOptions.builder("t", "c")
                        .nsqd(nsqd.tcp().toString())
                        .listener(new ConsumerMetrics(registry, "channel", "c"))
                        .listener(connected(left))
                        .build();
        try (Consumer consumer = Consumer.start(options, message -> left.countDown())) {
            assertThat(left.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(registry.get("nsq.consumer.connections").gauge().value()).isOne();
            assertThat(consumer.isStarved()).isFalse();
        }
        assertThat(registry.get("nsq.consumer.received").counter().count()).isEqualTo(2);
        assertThat(registry.get("nsq.consumer.bytes").tag("channel", "c").counter().count())
                .isEqualTo(9);
        assertThat(registry.get("nsq.consumer.finished").timer().count()).isEqualTo(2);
        assertThat(registry.get("nsq.consumer.connections").gauge().value()).isZero();
    }

    private static ConsumerListener connected(CountDownLatch left) {
        return new ConsumerListener() {
            @Override
            public void connected(NsqdAddress nsqd) {
                left.countDown();
            }
        };
    }

    private void publish() {
        ProducerOptions options =
                ProducerOptions.builder()
                        .nsqd(nsqd.tcp().toString())
                        .listener(new ProducerMetrics(registry))
                        .build();
        try (Producer producer = new Producer(options)) {
            producer.publish("t", Bytes.utf8("four")).join();
            producer.publish("t", Bytes.utf8("fives")).join();
            assertThat(producer.publish("no topic", Bytes.utf8("1"))).isCompletedExceptionally();
        }
        assertThat(registry.get("nsq.producer.publish").tag("topic", "t").timer().count())
                .isEqualTo(2);
        assertThat(registry.get("nsq.producer.bytes").counter().count()).isEqualTo(9);
        assertThat(registry.get("nsq.producer.connects").counter().count()).isOne();
    }
}
