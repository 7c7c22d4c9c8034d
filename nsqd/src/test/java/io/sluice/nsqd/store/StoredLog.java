package io.sluice.nsqd.store;

import static io.sluice.nsqd.store.TestStore.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.nsqd.core.Durability;
import io.sluice.nsqd.core.LogEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A log on disk that is damaged on purpose. */
final class StoredLog {
    static final int COUNT = 1000;

    final long seed = Long.getLong("seed", System.nanoTime());
    final Random random = new Random(seed);
    final List<LogEntry.Numbered> replayed = new ArrayList<>();
    private final Path data;

    StoredLog(Path data) {
        this.data = data;
    }

    /** State, {@code COUNT} messages and another state, in one segment. */
    void write() throws IOException {
        try (TestStore store = new TestStore(TestStore.settings(data))) {
            ChronicleTopicLog log = store.log(TOPIC);
            store.run(
                    () -> {
                        for (int i = 1; i <= COUNT; i++) log.append(TestStore.message(body(i)));
                    });
            assertThat(store.durable(log, Durability.OS)).isNull();
        }
    }

    static String body(long lsn) {
        return "message " + lsn + ".".repeat((int) lsn % 40);
    }

    Recovered recover() throws IOException {
        replayed.clear();
        return Recovery.recover(data, TOPIC, replayed::add);
    }

    Path segment(long first) {
        return Directories.ofSegment(Directories.ofTopic(data, TOPIC), first);
    }

    Path file() {
        return segment(0).resolve(Directories.DATA_FILE);
    }

    /** Where each record starts, by its lsn; and at last where the file ends. */
    long[] offsets() throws IOException {
        long[] offsets = new long[COUNT + 3];
        try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.READ)) {
            RecordScanner scanner = new RecordScanner(channel, channel.size(), 4096);
            scanner.toStart(0);
            while (scanner.next()) offsets[(int) scanner.lsn()] = scanner.offset();
            assertThat(scanner.expectedLsn()).isEqualTo(COUNT + 2);
        }
        return offsets;
    }

    void overwrite(long offset, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes), offset);
        }
    }

    void cut(long bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.WRITE)) {
            channel.truncate(bytes);
        }
    }

    byte[] noise(int length) {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        return noise;
    }

    /** All are there but those from {@code from} until {@code until}. */
    Recovered assertLost(long from, long until) throws IOException {
        Recovered recovered = recover();
        assertThat(recovered.lostCount()).as("lost, seed %d", seed).isEqualTo(until - from);
        assertThat(recovered.damagedPlaces()).isEqualTo(1);
        assertThat(recovered.entryCount()).isEqualTo(COUNT + 2 - (until - from));
        List<Long> lsns = replayed.stream().map(LogEntry.Numbered::lsn).toList();
        List<Long> expected = new ArrayList<>();
        for (long lsn = 0; lsn < COUNT + 2; lsn++)
            if (lsn < from || lsn >= until) expected.add(lsn);
        assertThat(lsns).isEqualTo(expected);
        assertThat(recover().nextLsn()).as("once more").isEqualTo(recovered.nextLsn());
        assertReadable(recovered, until - from);
        return recovered;
    }

    /** The log goes on, and reading meets the same damage, once. */
    void assertReadable(Recovered recovered, long lost) throws IOException {
        try (TestStore store = new TestStore(TestStore.settings(data))) {
            ChronicleTopicLog log = store.open(recovered);
            assertThat(store.append(log, "more")).isEqualTo(recovered.nextLsn() + 1);
            for (int i = 0; i < 2; i++) {
                List<LogEntry.Numbered> read = store.read(log, 0).entries();
                long messages =
                        replayed.stream()
                                .filter(e -> e.entry() instanceof LogEntry.Message)
                                .count();
                assertThat(read).as("seed %d", seed).hasSize((int) messages + 1);
                assertThat(log.damagedCount()).as("seed %d", seed).isEqualTo(lost);
            }
            store.run(log::clear);
        }
    }
}
