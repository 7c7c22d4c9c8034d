package io.sluice.nsqd.store;

import static io.sluice.nsqd.store.TestStore.TOPIC;
import static io.sluice.nsqd.store.TestStore.bodies;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.nsqd.core.Durability;
import io.sluice.nsqd.core.LogEntry;
import io.sluice.protocol.Bytes;
import io.sluice.protocol.MessageId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecoveryTest {
    private static final int COUNT = 1000;

    @TempDir Path data;
    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final List<LogEntry.Numbered> replayed = new ArrayList<>();

    /** State, {@code COUNT} messages and another state, in one segment. */
    @BeforeEach
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

    private static String body(long lsn) {
        return "message " + lsn + ".".repeat((int) lsn % 40);
    }

    private Recovered recover() throws IOException {
        replayed.clear();
        return Recovery.recover(data, TOPIC, replayed::add);
    }

    private Path segment(long first) {
        return Directories.ofSegment(Directories.ofTopic(data, TOPIC), first);
    }

    private Path file() {
        return segment(0).resolve(Directories.DATA_FILE);
    }

    /** Where each record starts, by its lsn; and at last where the file ends. */
    private long[] offsets() throws IOException {
        long[] offsets = new long[COUNT + 3];
        try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.READ)) {
            RecordScanner scanner = new RecordScanner(channel, channel.size(), 4096);
            scanner.toStart(0);
            while (scanner.next()) offsets[(int) scanner.lsn()] = scanner.offset();
            assertThat(scanner.expectedLsn()).isEqualTo(COUNT + 2);
        }
        return offsets;
    }

    private void overwrite(long offset, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes), offset);
        }
    }

    private void cut(long bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.WRITE)) {
            channel.truncate(bytes);
        }
    }

    private byte[] noise(int length) {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        return noise;
    }

    /** All are there but those from {@code from} until {@code until}. */
    private Recovered assertLost(long from, long until) throws IOException {
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
    private void assertReadable(Recovered recovered, long lost) throws IOException {
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

    @Test
    void allIsThereAfterAProperEnd() throws IOException {
        Recovered recovered = recover();
        assertThat(recovered.entryCount()).isEqualTo(COUNT + 2);
        assertThat(recovered.nextLsn()).isEqualTo(COUNT + 2);
        assertThat(recovered.lostCount()).isZero();
        assertThat(replayed.get(0).entry()).isInstanceOf(LogEntry.TopicState.class);
        assertThat(replayed.get(7)).isEqualTo(new LogEntry.Numbered(7, TestStore.message(body(7))));
        assertThat(Recovery.topics(data)).containsExactly(TOPIC);
        assertReadable(recovered, 0);
    }

    @Test
    void afterARestartASecondSegmentGoesOnAndIsAllThatIsReplayed() throws IOException {
        Recovered first = recover();
        try (TestStore store = new TestStore(TestStore.settings(data))) {
            ChronicleTopicLog log = store.open(first);
            assertThat(log.end()).isEqualTo(COUNT + 2);
            store.append(log, "more");
            assertThat(bodies(store.read(log, COUNT))).containsExactly(body(COUNT), "more");
        }
        Recovered second = recover();
        assertThat(replayed.get(0).lsn()).isEqualTo(COUNT + 2);
        assertThat(second.entryCount()).as("state, message, state").isEqualTo(3);
        assertThat(second.lostCount()).isZero();
    }

    @Test
    void aFlippedBitCostsTheRecordThatItIsIn() throws IOException {
        long[] offsets = offsets();
        int lsn = 1 + random.nextInt(COUNT);
        int at = random.nextInt((int) (offsets[lsn + 1] - offsets[lsn]) - 3 - 4);
        byte[] one = new byte[1];
        try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.READ)) {
            channel.read(ByteBuffer.wrap(one), offsets[lsn] + at);
        }
        one[0] ^= (byte) (1 << random.nextInt(8));
        overwrite(offsets[lsn] + at, one);
        assertLost(lsn, lsn + 1);
    }

    @Test
    void zeroesOrNoiseInTheMiddleCostWhatTheyCover() throws IOException {
        long[] offsets = offsets();
        for (byte[] bytes : List.of(new byte[1024], noise(1024))) {
            int first = 200 + random.nextInt(300);
            overwrite(offsets[first] + 5, bytes);
            int until = first;
            while (offsets[until] < offsets[first] + 5 + bytes.length) until++;
            assertLost(first, until);
            write();
        }
    }

    @Test
    void aFileThatIsCutIsReadUpToThere() throws IOException {
        long[] offsets = offsets();
        int lsn = 1 + random.nextInt(COUNT);
        cut(offsets[lsn] + 10);
        Recovered recovered = recover();
        assertThat(recovered.entryCount()).isEqualTo(lsn);
        assertThat(recovered.nextLsn()).as("seed %d", seed).isEqualTo(lsn);
        assertReadable(recovered, 0);
    }

    @Test
    void aTailOfZeroesIsTheEnd() throws IOException {
        long[] offsets = offsets();
        overwrite(offsets[500], new byte[(int) (Files.size(file()) - offsets[500])]);
        Recovered recovered = recover();
        assertThat(recovered.entryCount()).isEqualTo(500);
        assertThat(recovered.nextLsn()).isEqualTo(500);
        assertReadable(recovered, 0);
    }

    @Test
    void damageAtTheVeryEndIsCountedToo() throws IOException {
        long[] offsets = offsets();
        overwrite(offsets[COUNT] + Record.HEADER_BYTES, noise(8));
        overwrite(offsets[COUNT + 1] + Record.HEADER_BYTES, noise(1));
        overwrite(Files.size(file()) - Record.HEADER_BYTES, new byte[Record.HEADER_BYTES]);
        assertThat(assertLost(COUNT, COUNT + 2).nextLsn()).isEqualTo(COUNT + 2);
    }

    @Test
    void anOverwrittenHeaderCostsNoMessage() throws IOException {
        long[] offsets = offsets();
        overwrite(0, noise((int) offsets[0] - 4));
        Recovered recovered = recover();
        assertThat(recovered.entryCount()).isEqualTo(COUNT + 2);
        assertThat(recovered.lostCount()).isZero();
    }

    /** Somebody published a piece of a log. */
    @Test
    void recordsInTheBodyOfAMessageAreNotTakenForRecords() throws IOException {
        Recovered before = recover();
        long first = before.nextLsn();
        try (TestStore store = new TestStore(TestStore.settings(data))) {
            ChronicleTopicLog log = store.open(before);
            store.run(() -> log.append(disguised(first + 2)));
            store.append(log, "behind");
        }
        recover();
        assertThat(replayed.get(1).entry()).isEqualTo(disguised(first + 2));
        assertThat(((LogEntry.Message) replayed.get(2).entry()).body().utf8()).isEqualTo("behind");

        Path file = segment(first).resolve(Directories.DATA_FILE);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            long message = offsetOf(file, first) + recordLength(replayed.get(0).entry());
            // Its id: the length in front of it is as it was.
            channel.write(ByteBuffer.wrap(noise(4)), Record.align(message) + 4 + 30);
        }
        Recovered damaged = recover();
        assertThat(damaged.lostCount()).isEqualTo(1);
        assertThat(((LogEntry.Message) replayed.get(1).entry()).body().utf8()).isEqualTo("behind");
    }

    private static int recordLength(LogEntry entry) {
        return new Record().entry(entry).length();
    }

    /** A message whose body holds good records, with lsns that would fit. */
    private static LogEntry.Message disguised(long lsn) {
        ByteBuffer body = ByteBuffer.allocate(4 * 257);
        for (int shift = 0; shift < 4; shift++) {
            // Wherever the body starts, one of them is where a record can be.
            Record record = new Record().entry(TestStore.message("false")).stamp(lsn);
            body.position(shift * 257).put(record.array(), 0, record.length());
        }
        return new LogEntry.Message(
                LogEntry.Reach.PUBLISHED, MessageId.ofGuid(1), 1, 1, Bytes.wrap(body.array()));
    }

    @Test
    void withoutAReadableStateTheSegmentsBeforeAreReplayedToo() throws IOException {
        Recovered first = recover();
        try (TestStore store = new TestStore(TestStore.settings(data))) {
            store.append(store.open(first), "more");
        }
        Path second = segment(COUNT + 2).resolve(Directories.DATA_FILE);
        try (FileChannel channel = FileChannel.open(second, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(noise(4)), offsetOf(second, COUNT + 2) + 30);
        }
        Recovered recovered = recover();
        assertThat(replayed.get(0).lsn()).isZero();
        assertThat(recovered.lostCount()).isEqualTo(1);
        assertThat(recovered.entryCount()).isEqualTo(COUNT + 2 + 2);
    }

    private static long offsetOf(Path file, long lsn) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            RecordScanner scanner = new RecordScanner(channel, channel.size(), 4096);
            scanner.toStart(lsn);
            while (scanner.next())
                if (scanner.type() == EntryCodec.TOPIC_STATE) return scanner.offset();
            throw new AssertionError("no state");
        }
    }

    @Test
    void aMissingFileIsAsManyEntriesAsItHeld() throws IOException {
        Recovered first = recover();
        try (TestStore store = new TestStore(TestStore.settings(data))) {
            store.append(store.open(first), "more");
        }
        for (boolean empty : List.of(true, false)) {
            if (empty) cut(0);
            else Files.delete(file());
            Recovered recovered = recover();
            assertThat(recovered.lostCount()).as("not needed to go on").isZero();
            try (TestStore store = new TestStore(TestStore.settings(data))) {
                ChronicleTopicLog log = store.open(recovered);
                assertThat(bodies(store.read(log, 0))).containsExactly("more");
                assertThat(log.damagedCount()).isEqualTo(COUNT + 2);
            }
        }
    }

    @Test
    void aSegmentThatWasOnlyBegunIsRemoved() throws IOException {
        Path begun = segment(COUNT + 2);
        Files.createDirectory(begun);
        assertThat(recover().nextLsn()).isEqualTo(COUNT + 2);
        assertThat(begun).doesNotExist();
        Files.createDirectory(begun);
        Files.write(begun.resolve(Directories.DATA_FILE), new byte[4096]);
        assertThat(recover().nextLsn()).isEqualTo(COUNT + 2);
        assertThat(begun).doesNotExist();
    }

    @Test
    void aLaterVersionIsRefused() throws IOException {
        Record record = new Record();
        var header = new SegmentHeader(SegmentHeader.VERSION + 1, TOPIC, 0);
        record.header(header).stamp(0);
        byte[] bytes = Arrays.copyOf(record.array(), record.length());
        overwrite(offsetOfHeader(), bytes);
        assertThatThrownBy(this::recover)
                .isInstanceOf(IOException.class)
                .hasMessage(file() + " has format version 2, understood is 1");
    }

    private long offsetOfHeader() throws IOException {
        try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.READ)) {
            RecordScanner scanner = new RecordScanner(channel, channel.size(), 4096);
            scanner.toStart(0);
            assertThat(scanner.next()).isTrue();
            assertThat(scanner.type()).isEqualTo(Record.SEGMENT_HEADER);
            return scanner.offset();
        }
    }

    @Test
    void noBytesAnywhereMakeItFail() throws IOException {
        byte[] intact = Files.readAllBytes(file());
        for (int i = 0; i < 200; i++) {
            byte[] bytes = intact.clone();
            for (int j = random.nextInt(4); j >= 0; j--) {
                byte[] noise = noise(random.nextInt(3000));
                int at = random.nextInt(bytes.length - noise.length);
                System.arraycopy(noise, 0, bytes, at, noise.length);
            }
            Files.write(file(), bytes);
            Recovered recovered = recover();
            for (LogEntry.Numbered entry : replayed) {
                if (entry.entry() instanceof LogEntry.Message m) {
                    assertThat(m.body().utf8()).as("seed %d", seed).isEqualTo(body(entry.lsn()));
                }
            }
            assertThat(recovered.nextLsn()).isBetween(1L, COUNT + 2L);
        }
    }
}
