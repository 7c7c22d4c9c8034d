package io.sluice.nsqd.store;

import static io.sluice.nsqd.store.TestStore.TOPIC;
import static io.sluice.nsqd.store.TestStore.bodies;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.nsqd.core.Durability;
import io.sluice.nsqd.core.LogEntry;
import io.sluice.nsqd.core.TopicLog;
import io.sluice.protocol.ChannelName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** On a disk of 16 MB, which only a system that lets us mount one has. */
@EnabledOnOs(OS.LINUX)
class FullDiskTest {
    private static final long PATIENCE_NS = 60_000_000_000L;
    private static final String FULL = "no space left on device: \\d MB free";

    @TempDir Path directory;
    private Path disk;
    private boolean mounted;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectory(directory.resolve("disk"));
        mounted = run("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", disk.toString());
        assumeTrue(mounted, "file systems may be mounted here");
    }

    @AfterEach
    void unmount() throws Exception {
        // Lazily: what was mapped is let go of in the background.
        if (mounted) assertThat(run("umount", "-l", disk.toString())).isTrue();
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private TestStore open(long minFreeBytes) throws IOException {
        return new TestStore(
                new StoreSettings(
                        disk,
                        4 << 20,
                        minFreeBytes,
                        100,
                        1 << 20,
                        StoreSettings.DEFAULT_SYNC_EVERY,
                        StoreSettings.DEFAULT_SYNC_TIMEOUT_MS,
                        60_000));
    }

    /** Takes all the space that there is, less so many bytes. */
    private Path takeSpace(long left) throws IOException {
        Path ballast = disk.resolve("ballast");
        try (FileChannel channel =
                FileChannel.open(
                        ballast, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            while (true) channel.write(ByteBuffer.allocate(4096));
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
        try (FileChannel channel = FileChannel.open(ballast, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() - left);
        }
        return ballast;
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE_NS;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private static String refusal(TestStore store, TopicLog log) {
        return store.call(() -> log.refusal(1, 1000));
    }

    /** Appends as long as it is let; returns what was appended. */
    private static List<String> fill(TestStore store, TopicLog log) {
        List<String> appended = new ArrayList<>();
        store.run(
                () -> {
                    while (log.refusal(1, 1000) == null) {
                        String body = appended.size() + "x".repeat(900);
                        log.append(TestStore.message(body));
                        appended.add(body);
                    }
                });
        return appended;
    }

    @Test
    void aFloorRefusesBeforeTheDiskIsFull() throws IOException {
        try (TestStore store = open(4 << 20)) {
            ChronicleTopicLog log = store.log(TOPIC);
            assertThat(refusal(store, log)).isNull();
            Path ballast = takeSpace(2 << 20);
            await(() -> refusal(store, log) != null);
            assertThat(refusal(store, log)).matches(FULL + ", --min-free-disk is 4 MB");
            assertThat(store.store.trouble()).isEqualTo(refusal(store, log));
            Files.delete(ballast);
            await(() -> refusal(store, log) == null);
            assertThat(store.store.trouble()).isNull();
        }
    }

    @Test
    void whatWasAcceptedIsThereAndItGoesOnWhenThereIsSpaceAgain() throws IOException {
        List<String> all;
        try (TestStore store = open(0)) {
            ChronicleTopicLog log = store.log(TOPIC);
            store.append(log, "first");
            assertThat(store.durable(log, Durability.OS)).isNull();
            Path ballast = takeSpace(3 << 20);
            all = fill(store, log);
            assertThat(refusal(store, log)).matches(FULL);
            assertThat(all).hasSizeBetween(1000, 6000);
            assertThat(store.durable(log, Durability.OS)).as("all that was accepted").isNull();

            finishMany(store, log, 100);
            assertThat(store.durable(log, Durability.OS)).as("out of the reserve").isNull();
            finishMany(store, log, 200_000);
            assertThat(store.durable(log, Durability.OS)).matches(FULL);
            assertThat(store.store.trouble()).startsWith("topic topic: no space left");

            Files.delete(ballast);
            await(() -> refusal(store, log) == null);
            assertThat(store.durable(log, Durability.FSYNC)).isNull();
            assertThat(store.store.trouble()).isNull();
            store.append(log, "last");
            assertThat(bodies(store.read(log, 2))).startsWith(all.get(0)).endsWith("last");
            assertThat(bodies(store.read(log, 2))).hasSize(all.size() + 1);
            assertThat(log.damagedCount()).isZero();
        }
        assertStateBehindWhatWasLeftOut();
    }

    /** Each takes some bytes, and the state tells the same. */
    private static void finishMany(TestStore store, TopicLog log, int count) {
        LogEntry finished = new LogEntry.Finished(new ChannelName("channel"), new long[] {1, 3});
        store.run(
                () -> {
                    for (int i = 0; i < count; i++) log.append(finished);
                });
    }

    /** What was left out is no damage, and a state behind it tells what it would have told. */
    private void assertStateBehindWhatWasLeftOut() throws IOException {
        assertThat(Recovery.recover(disk, TOPIC, entry -> {}).lostCount()).isZero();
        List<Byte> types = new ArrayList<>();
        Path log = Directories.ofTopic(disk, TOPIC);
        for (long first : Directories.segments(log)) {
            Path file = Directories.ofSegment(log, first).resolve(Directories.DATA_FILE);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                RecordScanner scanner = new RecordScanner(channel, channel.size(), 4096);
                scanner.toStart(first);
                while (scanner.next()) types.add(scanner.type());
            }
        }
        int leftOut = types.indexOf(Record.OMITTED);
        assertThat(leftOut).isPositive();
        assertThat(types.subList(leftOut, types.size())).contains(EntryCodec.TOPIC_STATE);
    }

    @Test
    void aLogThatCannotEvenBeginSaysSoAndBeginsLater() throws IOException {
        try (TestStore store = open(0)) {
            Path ballast = takeSpace(0);
            ChronicleTopicLog log = store.log(TOPIC);
            store.append(log, "a");
            assertThat(store.durable(log, Durability.OS)).matches(FULL);
            assertThat(refusal(store, log)).matches(FULL);
            assertThat(bodies(store.read(log, 0))).containsExactly("a");
            Files.delete(ballast);
            await(() -> store.durable(log, Durability.OS) == null);
            assertThat(bodies(store.read(log, 0))).containsExactly("a");
        }
    }
}
