package io.sluice.nsqd.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.nsqd.blackbox.TestClient;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.TopicName;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Thousands of consumers for whom there is nothing, of one channel. {@code -Didle=COUNT} says how
 * many; {@code ulimit -n} has to allow a little more than that.
 */
@Tag("crash")
@EnabledOnOs(OS.LINUX)
class IdleConsumersTest {
    private static final int IDLE = Integer.getInteger("idle", 5_000);
    private static final TopicName TOPIC = new TopicName("t");
    private static final ChannelName CHANNEL = new ChannelName("c");
    private static final int HEARTBEAT_MS = 10_000;
    private static final int HEARTBEATS = 4;
    private static final long SELECT_MS = 60_000;

    @RegisterExtension final Home home = new Home();

    private final List<IdleConsumer> consumers = new ArrayList<>();

    @Test
    void eachGetsAllItsHeartbeats() throws IOException {
        NsqdProcess nsqd = home.start();
        long before = residentBytes(nsqd);
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < IDLE; i++) connect(nsqd, selector);
            while (fewestHeartbeats() < HEARTBEATS) read(selector, SELECT_MS);
            expectAllThere(nsqd);
            long after = residentBytes(nsqd);
            System.out.printf(
                    "%d idle consumers, %d heartbeats of %d ms each: longest gap %d ms;"
                            + " %d bytes resident a connection%n",
                    IDLE, HEARTBEATS, HEARTBEAT_MS, longestGapMs(), (after - before) / IDLE);
        } finally {
            for (IdleConsumer consumer : consumers) consumer.close();
        }
        nsqd.stop();
    }

    private void connect(NsqdProcess nsqd, Selector selector) throws IOException {
        IdleConsumer consumer =
                new IdleConsumer(nsqd.tcp(), TOPIC.value(), CHANNEL.value(), HEARTBEAT_MS);
        consumers.add(consumer);
        consumer.socket().register(selector, SelectionKey.OP_READ, consumer);
        // Those who are there already wait for an answer to their heartbeats.
        read(selector, 0);
    }

    private static void read(Selector selector, long waitMs) throws IOException {
        if (waitMs == 0) selector.selectNow();
        else assertThat(selector.select(waitMs)).as("connections with heartbeats").isPositive();
        long nowNs = System.nanoTime();
        for (SelectionKey key : selector.selectedKeys()) {
            ((IdleConsumer) key.attachment()).read(nowNs);
        }
        selector.selectedKeys().clear();
    }

    private int fewestHeartbeats() {
        return consumers.stream().mapToInt(IdleConsumer::heartbeats).min().orElseThrow();
    }

    private long longestGapMs() {
        long ns = consumers.stream().mapToLong(IdleConsumer::longestGapNs).max().orElseThrow();
        return TimeUnit.NANOSECONDS.toMillis(ns);
    }

    /** The daemon has all of them, ready, and still serves others. */
    private static void expectAllThere(NsqdProcess nsqd) {
        JsonNode channel = nsqd.api().channel(TOPIC, CHANNEL);
        assertThat(channel.path("client_count").asInt()).isEqualTo(IDLE);
        for (JsonNode client : channel.path("clients")) {
            assertThat(client.path("ready_count").asInt()).isEqualTo(1);
        }
        try (TestClient publisher = nsqd.connect()) {
            publisher.publish(new TopicName("other"), "m");
        }
    }

    /** What is in use, without what could be freed. */
    private static long residentBytes(NsqdProcess nsqd) {
        // NSQ's nsqd does it and answers 500.
        nsqd.api().post("/debug/freememory", "");
        return ProcessUse.residentBytes(nsqd.pid());
    }
}
