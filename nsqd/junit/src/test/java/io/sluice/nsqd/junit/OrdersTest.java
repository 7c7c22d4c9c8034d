package io.sluice.nsqd.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.client.Consumer;
import io.sluice.client.ConsumerOptions;
import io.sluice.client.Producer;
import io.sluice.client.ProducerOptions;
import io.sluice.protocol.Bytes;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

// guide: test
@WithNsqd
class OrdersTest {
    @Test
    void anOrderIsPublishedAndConsumed(TestNsqd nsqd) throws Exception {
        ProducerOptions options = ProducerOptions.builder().nsqd(nsqd.tcpAddress()).build();
        try (Producer producer = new Producer(options)) {
            producer.publish("orders", Bytes.utf8("one book")).join();
        }
        assertThat(consume(nsqd, "orders")).isEqualTo("one book");
    }

    // end

    private static String consume(TestNsqd nsqd, String topic) throws Exception {
        CompletableFuture<String> first = new CompletableFuture<>();
        ConsumerOptions options =
                ConsumerOptions.builder(topic, "test").nsqd(nsqd.tcpAddress()).build();
        try (Consumer consumer =
                Consumer.start(options, message -> first.complete(message.body().utf8()))) {
            return first.get(30, TimeUnit.SECONDS);
        }
    }
}
