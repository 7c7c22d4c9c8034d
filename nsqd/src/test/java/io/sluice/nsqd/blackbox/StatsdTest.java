package io.sluice.nsqd.blackbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.ChannelName;
import io.sluice.protocol.TopicName;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a statsd is sent, on a real socket. */
@OwnDaemonOnly("needs --statsd-address")
class StatsdTest {
    private static final TopicName TOPIC = new TopicName("orders");
    private static final int DEADLINE_MS = 30_000;

    private DatagramSocket statsd;

    @BeforeEach
    void open() throws IOException {
        statsd = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        statsd.setSoTimeout(DEADLINE_MS);
    }

    @AfterEach
    void close() {
        statsd.close();
    }

    private OwnNsqd start(String... flags) {
        List<String> all = new ArrayList<>(List.of(flags));
        all.add("--statsd-address=127.0.0.1:" + statsd.getLocalPort());
        all.add("--statsd-interval=100ms");
        return OwnNsqd.start(all.toArray(String[]::new));
    }

    private String receive(int maxBytes) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
        statsd.receive(packet);
        assertThat(packet.getLength()).isLessThanOrEqualTo(maxBytes);
        String text = new String(packet.getData(), 0, packet.getLength(), UTF_8);
        assertThat(text).endsWith("\n");
        return text;
    }

    /** The lines of one batch, which has {@code first} for its first one. */
    private List<String> batch(String first, int maxBytes) throws IOException {
        String lines = receive(maxBytes);
        while (!lines.startsWith(first)) lines = receive(maxBytes);
        StringBuilder batch = new StringBuilder(lines);
        while (!batch.toString().contains("mem.gc_runs:")) batch.append(receive(maxBytes));
        return batch.toString().lines().toList();
    }

    @Test
    void aBatchIsWhatNsqSends() throws IOException {
        try (OwnNsqd nsqd =
                        start(
                                "--broadcast-http-port=4151",
                                "--e2e-processing-latency-percentile=0.5,1.0");
                TestClient client = nsqd.connect()) {
            client.subscribe(TOPIC, new ChannelName("billing"), 1).publish(TOPIC, "hello");
            client.message("hello");
            String topic = "nsq.127_0_0_1_4151.topic.orders.";
            List<String> batch = batch(topic + "message_count:1|c", 508);
            String channel = topic + "channel.billing.";
            String memory = "nsq.127_0_0_1_4151.mem.";
            assertThat(batch.subList(0, 16))
                    .containsExactly(
                            topic + "message_count:1|c",
                            topic + "message_bytes:5|c",
                            topic + "depth:0|g",
                            topic + "backend_depth:0|g",
                            topic + "e2e_processing_latency_100:0|g",
                            topic + "e2e_processing_latency_50:0|g",
                            channel + "message_count:1|c",
                            channel + "depth:0|g",
                            channel + "backend_depth:0|g",
                            batch.get(9),
                            channel + "deferred_count:0|g",
                            channel + "requeue_count:0|c",
                            channel + "timeout_count:0|c",
                            channel + "clients:1|g",
                            channel + "e2e_processing_latency_100:0|g",
                            channel + "e2e_processing_latency_50:0|g");
            assertThat(batch.get(9)).matches(channel + "in_flight_count:[01]\\|g");
            assertThat(batch.subList(16, batch.size()))
                    .extracting(line -> line.replaceAll(":\\d+", ""))
                    .containsExactly(
                            memory + "heap_objects|g",
                            memory + "heap_idle_bytes|g",
                            memory + "heap_in_use_bytes|g",
                            memory + "heap_released_bytes|g",
                            memory + "gc_pause_usec_100|g",
                            memory + "gc_pause_usec_99|g",
                            memory + "gc_pause_usec_95|g",
                            memory + "next_gc_bytes|g",
                            memory + "gc_runs|c");
            batch(topic + "message_count:0|c", 508);
        }
    }

    @Test
    void flagsSayWhatIsSentAndHowMuchAtOnce() throws IOException {
        try (OwnNsqd nsqd =
                        start(
                                "--statsd-prefix=p",
                                "--statsd-mem-stats=false",
                                "--statsd-exclude-ephemeral",
                                "--statsd-udp-packet-size=64");
                TestClient client = nsqd.connect()) {
            client.publish(new TopicName("brief#ephemeral"), "m").publish(TOPIC, "m");
            String lines = receive(64);
            while (!lines.startsWith("p.topic.orders.message_count:")) lines = receive(64);
            String next = receive(64);
            assertThat(lines + next)
                    .contains("p.topic.orders.depth:1|g\n")
                    .doesNotContain("mem.", "#ephemeral");
        }
    }
}
