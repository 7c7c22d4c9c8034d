package io.sluice.nsqd.store;

import static io.sluice.nsqd.store.TestStore.TOPIC;
import static io.sluice.nsqd.store.TestStore.bodies;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecoveryTest {
    @TempDir Path data;
    private StoredLog log;

    @BeforeEach
    void write() throws IOException {
        log = new StoredLog(data);
        log.write();
    }

    @Test
    void allIsThereAfterAProperEnd() throws IOException {
        Recovered recovered = log.recover();
        assertThat(recovered.entryCount()).isEqualTo(StoredLog.COUNT + 2);
        assertThat(recovered.nextLsn()).isEqualTo(StoredLog.COUNT + 2);
        assertThat(recovered.lostCount()).isZero();
        assertThat(log.replayed.get(0).entry()).isInstanceOf(LogEntry.TopicState.class);
        assertThat(log.replayed.get(7))
                .isEqualTo(new LogEntry.Numbered(7, TestStore.message(StoredLog.body(7))));
        assertThat(Recovery.topics(data)).containsExactly(TOPIC);
        log.assertReadable(recovered, 0);
    }

    @Test
    void afterARestartASecondSegmentGoesOnAndIsAllThatIsReplayed() throws IOException {
        Recovered first = log.recover();
        try (TestStore store = new TestStore(TestStore.settings(data))) {
            ChronicleTopicLog topicLog = store.open(first);
            assertThat(topicLog.end()).isEqualTo(StoredLog.COUNT + 2);
            store.append(topicLog, "more");
            assertThat(bodies(store.read(topicLog, StoredLog.COUNT)))
                    .containsExactly(StoredLog.body(StoredLog.COUNT), "more");
        }
        Recovered second = log.recover();
        assertThat(log.replayed.get(0).lsn()).isEqualTo(StoredLog.COUNT + 2);
        assertThat(second.entryCount()).as("state, message, state").isEqualTo(3);
        assertThat(second.lostCount()).isZero();
    }

    /** Which are not written in the same way as short ones. */
    @Test
    void longMessagesAreThereToo() throws IOException {
        Recovered before = log.recover();
        List<String> bodies = new ArrayList<>();
        for (int size = 16_000; size < 3_000_000; size += size / 7) {
            bodies.add(bodies.size() + "x".repeat(size));
            bodies.add("short " + bodies.size());
        }
        try (TestStore store = new TestStore(TestStore.settings(data, 8 << 20))) {
            ChronicleTopicLog topicLog = store.open(before);
            for (String body : bodies) store.append(topicLog, body);
            assertThat(bodies(store.read(topicLog, before.nextLsn()))).isEqualTo(bodies);
            assertThat(topicLog.segments()).isNotEmpty();
        }
        assertThat(log.recover().lostCount()).isZero();
        try (TestStore store = new TestStore(TestStore.settings(data, 8 << 20))) {
            ChronicleTopicLog topicLog = store.open(log.recover());
            assertThat(bodies(store.read(topicLog, before.nextLsn()))).isEqualTo(bodies);
            assertThat(topicLog.damagedCount()).isZero();
        }
    }

    /** Somebody published a piece of a log. */
    @Test
    void recordsInTheBodyOfAMessageAreNotTakenForRecords() throws IOException {
        Recovered before = log.recover();
        long first = before.nextLsn();
        try (TestStore store = new TestStore(TestStore.settings(data))) {
            ChronicleTopicLog topicLog = store.open(before);
            store.run(() -> topicLog.append(disguised(first + 2)));
            store.append(topicLog, "behind");
        }
        log.recover();
        assertThat(log.replayed.get(1).entry()).isEqualTo(disguised(first + 2));
        assertThat(((LogEntry.Message) log.replayed.get(2).entry()).body().utf8())
                .isEqualTo("behind");

        Path file = log.segment(first).resolve(Directories.DATA_FILE);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            long message = offsetOf(file, first) + recordLength(log.replayed.get(0).entry());
            // Its id: the length in front of it is as it was.
            channel.write(ByteBuffer.wrap(log.noise(4)), Record.align(message) + 4 + 30);
        }
        Recovered damaged = log.recover();
        assertThat(damaged.lostCount()).isEqualTo(1);
        assertThat(((LogEntry.Message) log.replayed.get(1).entry()).body().utf8())
                .isEqualTo("behind");
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
        Recovered first = log.recover();
        try (TestStore store = new TestStore(TestStore.settings(data))) {
            store.append(store.open(first), "more");
        }
        Path second = log.segment(StoredLog.COUNT + 2).resolve(Directories.DATA_FILE);
        try (FileChannel channel = FileChannel.open(second, StandardOpenOption.WRITE)) {
            channel.write(
                    ByteBuffer.wrap(log.noise(4)), offsetOf(second, StoredLog.COUNT + 2) + 30);
        }
        Recovered recovered = log.recover();
        assertThat(log.replayed.get(0).lsn()).isZero();
        assertThat(recovered.lostCount()).isEqualTo(1);
        assertThat(recovered.entryCount()).isEqualTo(StoredLog.COUNT + 2 + 2);
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
        Recovered first = log.recover();
        try (TestStore store = new TestStore(TestStore.settings(data))) {
            store.append(store.open(first), "more");
        }
        for (boolean empty : List.of(true, false)) {
            if (empty) log.cut(0);
            else Files.delete(log.file());
            Recovered recovered = log.recover();
            assertThat(recovered.lostCount()).as("not needed to go on").isZero();
            try (TestStore store = new TestStore(TestStore.settings(data))) {
                ChronicleTopicLog topicLog = store.open(recovered);
                assertThat(bodies(store.read(topicLog, 0))).containsExactly("more");
                assertThat(topicLog.damagedCount()).isEqualTo(StoredLog.COUNT + 2);
            }
        }
    }

    @Test
    void aSegmentThatWasOnlyBegunIsRemoved() throws IOException {
        Path begun = log.segment(StoredLog.COUNT + 2);
        Files.createDirectory(begun);
        assertThat(log.recover().nextLsn()).isEqualTo(StoredLog.COUNT + 2);
        assertThat(begun).doesNotExist();
        Files.createDirectory(begun);
        Files.write(begun.resolve(Directories.DATA_FILE), new byte[4096]);
        assertThat(log.recover().nextLsn()).isEqualTo(StoredLog.COUNT + 2);
        assertThat(begun).doesNotExist();
    }

    @Test
    void aLaterVersionIsRefused() throws IOException {
        Record record = new Record();
        var header = new SegmentHeader(SegmentHeader.VERSION + 1, TOPIC, 0);
        record.header(header).stamp(0);
        byte[] bytes = Arrays.copyOf(record.array(), record.length());
        log.overwrite(offsetOfHeader(), bytes);
        assertThatThrownBy(log::recover)
                .isInstanceOf(IOException.class)
                .hasMessage(log.file() + " has format version 2, understood is 1");
    }

    private long offsetOfHeader() throws IOException {
        try (FileChannel channel = FileChannel.open(log.file(), StandardOpenOption.READ)) {
            RecordScanner scanner = new RecordScanner(channel, channel.size(), 4096);
            scanner.toStart(0);
            assertThat(scanner.next()).isTrue();
            assertThat(scanner.type()).isEqualTo(Record.SEGMENT_HEADER);
            return scanner.offset();
        }
    }
}
