package io.sluice.client.tools;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.client.Daemons;
import io.sluice.client.Producer;
import io.sluice.client.ProducerOptions;
import io.sluice.daemon.GoFlags;
import io.sluice.daemon.LogFormat;
import io.sluice.daemon.LogLevel;
import io.sluice.daemon.Running;
import io.sluice.protocol.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** A lookup node and a daemon in this JVM, for tools that are tested with them. */
final class ToolRig implements AutoCloseable {
    private static final long LOOK_AGAIN_NS = 20_000_000;

    final Running lookupd;
    final Running nsqd;
    private final Producer producer;

    ToolRig(Path dataPath) {
        LogFormat.level("io.sluice.client", LogLevel.FATAL);
        lookupd = Daemons.lookupd();
        nsqd =
                Daemons.nsqd(
                        "--broadcast-address=127.0.0.1",
                        "--lookupd-tcp-address=" + lookupd.tcp(),
                        "--data-path=" + dataPath);
        producer = new Producer(ProducerOptions.builder().nsqd(nsqd.tcp().toString()).build());
    }

    void publish(String topic, String... bodies) {
        for (String body : bodies) producer.publish(topic, Bytes.utf8(body)).join();
    }

    /** As one batch. */
    void publishAll(String topic, List<String> bodies) {
        producer.publish(topic, bodies.stream().map(Bytes::utf8).toList()).join();
    }

    String tcpFlag() {
        return "--nsqd-tcp-address=" + nsqd.tcp();
    }

    /** What the daemon counts of a channel. */
    ChannelTotals totals(String topic, String channel) throws IOException {
        String uri = "/stats?format=json&include_mem=false&topic=" + topic;
        URI url = URI.create("http://" + nsqd.http() + uri);
        try (InputStream in = url.toURL().openStream()) {
            Object stats = JsonText.read(in.readAllBytes());
            return ChannelTotals.of((Map<?, ?>) stats, topic, channel);
        }
    }

    /** Messages of a channel that are done with. */
    long finished(String topic, String channel) throws IOException {
        ChannelTotals totals = totals(topic, channel);
        return totals == null
                ? 0
                : totals.messages() - totals.depth() - totals.inFlight() - totals.deferred();
    }

    /** Whether all that came to a channel is done with. */
    boolean isDone(String topic, String channel, int messages) throws IOException {
        ChannelTotals totals = totals(topic, channel);
        return totals != null
                && totals.messages() >= messages
                && totals.depth() + totals.inFlight() + totals.deferred() == 0;
    }

    static <O> O options(O options, String... words) {
        GoFlags.command("tool", options).parseArgs(words);
        return options;
    }

    /** Returns as soon as this holds; the test's own limit ends what never does. */
    static void await(Callable<Boolean> condition) throws Exception {
        while (!condition.call()) LockSupport.parkNanos(LOOK_AGAIN_NS);
    }

    static InputStream input(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    @Override
    public void close() {
        producer.close();
        nsqd.stop();
        lookupd.stop();
    }
}
