package io.sluice.nsqd.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.client.Consumer;
import io.sluice.client.ConsumerOptions;
import io.sluice.client.Producer;
import io.sluice.client.ProducerOptions;
import io.sluice.protocol.Bytes;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@WithNsqd
class WithNsqdTest {
    private String before;

    @BeforeEach
    void takesItToo(TestNsqd nsqd) {
        before = nsqd.tcpAddress();
    }

    @Test
    void aTestHasADaemon(TestNsqd nsqd) throws Exception {
        assertThat(nsqd.tcpAddress()).isEqualTo(before);
        ConsumerOptions options = ConsumerOptions.builder("t", "c").nsqd(nsqd.tcpAddress()).build();
        assertThat(roundTrip(nsqd, options)).isEqualTo("hello");
    }

    @Test
    @WithNsqd(lookupd = true, flags = "--msg-timeout=2s")
    void aTestMayHaveOneOfItsOwnAndALookupNode(TestNsqd nsqd) throws Exception {
        ConsumerOptions options =
                ConsumerOptions.builder("t", "c")
                        .lookupd(nsqd.lookupdHttpAddress())
                        .lookupPoll(Duration.ofMillis(50), 0)
                        .build();
        assertThat(roundTrip(nsqd, options)).isEqualTo("hello");
    }

    @Test
    void withoutALookupNodeThereIsNoAddressOfOne(TestNsqd nsqd) {
        assertThatThrownBy(nsqd::lookupdHttpAddress)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("lookupd = true");
    }

    @Test
    void itStopsWithMessagesThatNobodyTook() throws Exception {
        TestNsqd nsqd = TestNsqd.start(false);
        publish(nsqd, "left");
        String[] address = nsqd.tcpAddress().split(":");
        nsqd.close();
        assertThatThrownBy(() -> new Socket(address[0], Integer.parseInt(address[1])).close())
                .isInstanceOf(IOException.class);
    }

    private static String roundTrip(TestNsqd nsqd, ConsumerOptions options) throws Exception {
        BlockingQueue<String> bodies = new LinkedBlockingQueue<>();
        publish(nsqd, "t");
        try (Consumer consumer =
                Consumer.start(options, message -> bodies.add(message.body().utf8()))) {
            return bodies.poll(30, TimeUnit.SECONDS);
        }
    }

    private static void publish(TestNsqd nsqd, String topic) {
        ProducerOptions options = ProducerOptions.builder().nsqd(nsqd.tcpAddress()).build();
        try (Producer producer = new Producer(options)) {
            producer.publish(topic, Bytes.utf8("hello")).join();
        }
    }
}
