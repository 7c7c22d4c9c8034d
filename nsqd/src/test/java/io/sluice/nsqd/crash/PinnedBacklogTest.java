package io.sluice.nsqd.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.nsqd.blackbox.TestClient;
import io.sluice.protocol.Bytes;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.Message;
import io.sluice.protocol.TopicName;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A million messages that ten channels hold up: they are on the disk once, and not in memory. */
@Tag("crash")
@EnabledOnOs(OS.LINUX)
class PinnedBacklogTest {
    private static final TopicName TOPIC = new TopicName("t");
    private static final int MESSAGES = 1_000_000;
    private static final int BATCH = 500;
    private static final int SIZE = 200;
    private static final int CHANNELS = 10;
    private static final int READY = 2_500;
    private static final int PATIENCE_MIN = 8;
    private static final long MIB = 1 << 20;
    private static final long FILE_BYTES = 16 * MIB;

    /** What stays beside the one file that is written to: names, states. */
    private static final long SMALL_FILES_BYTES = MIB;

    /** Heap and direct buffers are limited, the JVM's own needs are not. */
    private static final long MOST_RESIDENT_BYTES = 450 * MIB;

    @RegisterExtension final Home home = new Home("-Xmx192m", "-XX:MaxDirectMemorySize=64m");

    private final List<ChannelName> channels =
            IntStream.range(0, CHANNELS).mapToObj(i -> new ChannelName("c" + i)).toList();

    @Test
    void tenChannelsTakeHardlyMoreThanOne() throws Exception {
        long bytesOfOne = fill(channels.subList(0, 1));
        home.killAll();
        home.clear();
        long bytesOfTen = fill(channels);
        NsqdProcess nsqd = home.last();
        System.out.printf(
                "a backlog of %d messages of %d bytes: %d MiB for one channel, %d MiB for %d%n",
                MESSAGES, SIZE, bytesOfOne / MIB, bytesOfTen / MIB, CHANNELS);
        assertThat(bytesOfTen).isLessThan(bytesOfOne * 13 / 10);
        expectFewResident(nsqd);
        drain(nsqd);
        expectFewResident(nsqd);
        Await.that(
                () -> "at most one file is left: " + ProcessUse.diskBytes(home.dataPath()),
                () -> ProcessUse.diskBytes(home.dataPath()) < FILE_BYTES + SMALL_FILES_BYTES);
    }

    private static void expectFewResident(NsqdProcess nsqd) {
        if (NsqdProcess.isForeign()) return; // whose memory we cannot limit
        assertThat(ProcessUse.residentBytes(nsqd.pid())).isLessThan(MOST_RESIDENT_BYTES);
    }

    /** Publishes to paused channels of a new daemon, and tells what it takes on the disk. */
    private long fill(List<ChannelName> paused) {
        NsqdProcess nsqd = home.start("--mem-queue-size=100", "--max-bytes-per-file=" + FILE_BYTES);
        nsqd.api().createTopic(TOPIC);
        for (ChannelName channel : paused) {
            nsqd.api().createChannel(TOPIC, channel);
            nsqd.api().pause(TOPIC, channel);
        }
        try (TestClient client = nsqd.connect()) {
            for (int from = 0; from < MESSAGES; from += BATCH) {
                List<Bytes> batch = new ArrayList<>(BATCH);
                for (int i = from; i < from + BATCH; i++) batch.add(message(i));
                client.publishAll(TOPIC, batch);
            }
        }
        for (ChannelName channel : paused) {
            assertThat(Drain.depth(nsqd, TOPIC, channel)).isEqualTo(MESSAGES);
        }
        return ProcessUse.diskBytes(home.dataPath());
    }

    private static Bytes message(int number) {
        return Bytes.wrap(ByteBuffer.allocate(SIZE).putInt(number).array());
    }

    private void drain(NsqdProcess nsqd) throws Exception {
        ExecutorService consumers = Executors.newFixedThreadPool(CHANNELS);
        try {
            List<CompletableFuture<Void>> drained = new ArrayList<>();
            for (ChannelName channel : channels) {
                nsqd.api().unpause(TOPIC, channel);
                drained.add(
                        CompletableFuture.runAsync(() -> drainInOrder(nsqd, channel), consumers));
            }
            CompletableFuture.allOf(drained.toArray(CompletableFuture[]::new))
                    .get(PATIENCE_MIN, TimeUnit.MINUTES);
        } finally {
            consumers.shutdownNow();
        }
    }

    private static void drainInOrder(NsqdProcess nsqd, ChannelName channel) {
        try (TestClient client = nsqd.connect()) {
            client.answerHeartbeats().subscribe(TOPIC, channel, READY);
            for (int i = 0; i < MESSAGES; i++) {
                Message message = client.message();
                assertThat(message.body().toBuffer().getInt()).as(channel + "").isEqualTo(i);
                client.finish(message);
            }
            client.expectQuiet();
        }
    }
}
