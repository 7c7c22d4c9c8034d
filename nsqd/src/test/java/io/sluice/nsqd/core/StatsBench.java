package io.sluice.nsqd.core;

import io.sluice.nsqd.stats.LatencyWindow;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.TopicName;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * How long it takes to take down the statistics of ten thousand channels. A daemon does it some
 * topics a turn, so that a loop is held up for a few milliseconds and what one topic takes. No
 * build runs it: {@code -Dtest=StatsBench} does.
 */
class StatsBench {
    private static final int TOPICS = 2_500;
    private static final int CHANNELS = 4;
    private static final int FINISHED = 20;
    private static final long WINDOW_NS = 600_000_000_000L;
    private static final int WARM_UPS = 3;
    private static final int ROUNDS = 7;

    @Test
    void withoutLatencies() {
        measure("without latencies", () -> Latencies.OFF, false);
    }

    @Test
    void withClients() {
        measure("with a client of each channel", () -> Latencies.OFF, true);
    }

    @Test
    void withLatencies() {
        measure("with latencies", StatsBench::window, false);
    }

    private static Latencies window() {
        LatencyWindow window = new LatencyWindow(List.of(0.99, 0.5), WINDOW_NS);
        for (int i = 1; i <= FINISHED; i++) window.add(i * TestBroker.MS, TestBroker.START);
        return window;
    }

    private static void measure(String what, Supplier<Latencies> latencies, boolean withClients) {
        TestBroker broker = new TestBroker(TestBroker.settings(latencies));
        for (int i = 0; i < TOPICS; i++) {
            TopicName topic = new TopicName("topic" + i);
            for (int j = 0; j < CHANNELS; j++) {
                ChannelName channel = new ChannelName("channel" + j);
                broker.connect().sub(topic, channel, TestBroker.START).rdy(1, TestBroker.START);
            }
        }
        long[] ns = new long[ROUNDS];
        long slowestNs = 0;
        for (int i = -WARM_UPS; i < ROUNDS; i++) {
            long startNs = System.nanoTime();
            for (TopicName topic : broker.broker.topics()) {
                long topicNs = System.nanoTime();
                broker.broker.stats(topic, null, withClients, TestBroker.START);
                if (i >= 0) slowestNs = Math.max(slowestNs, System.nanoTime() - topicNs);
            }
            if (i >= 0) ns[i] = System.nanoTime() - startNs;
        }
        Arrays.sort(ns);
        System.out.printf(
                "%d channels, %s: median %.1f ms, slowest %.1f ms; one topic at most %.1f ms%n",
                TOPICS * CHANNELS,
                what,
                ns[ROUNDS / 2] / 1e6,
                ns[ROUNDS - 1] / 1e6,
                slowestNs / 1e6);
    }
}
