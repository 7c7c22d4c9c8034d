package io.sluice.nsqd.store;

import static io.sluice.nsqd.store.TestStore.TOPIC;
import static io.sluice.nsqd.store.TestStore.bodies;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.nsqd.core.Durability;
import io.sluice.nsqd.core.LogEntry;
import io.sluice.nsqd.core.TopicLog;
import io.sluice.nsqd.core.TopicLog.Segment;
import io.sluice.protocol.ChannelName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ChronicleTopicLogTest {
    @TempDir Path data;

    private TestStore open() throws IOException {
        return new TestStore(TestStore.settings(data));
    }

    @Test
    void theFirstEntryIsTheState() throws IOException {
        try (TestStore store = open()) {
            ChronicleTopicLog log = store.log(TOPIC);
            assertThat(log.end()).isZero();
            assertThat(store.append(log, "a")).isEqualTo(1);
            assertThat(store.readEntries(log, Integer.MAX_VALUE, 0).entries())
                    .containsExactly(new LogEntry.Numbered(0, TestStore.state(1)));
        }
    }

    @Test
    void nothingIsOnDiskBeforeSomethingIsAppended() throws IOException {
        try (TestStore store = open()) {
            store.closeLog(store.log(TOPIC));
            assertThat(data).isEmptyDirectory();
        }
    }

    @Test
    void whatIsAppendedIsReadAtOnceAndAfterItIsWritten() throws IOException {
        try (TestStore store = open()) {
            ChronicleTopicLog log = store.log(TOPIC);
            List<String> appended = new ArrayList<>();
            store.run(
                    () -> {
                        for (int i = 0; i < 100; i++) {
                            String body = "message " + i + " ".repeat(i);
                            appended.add(body);
                            log.append(TestStore.message(body));
                        }
                    });
            assertThat(bodies(store.read(log, 0))).isEqualTo(appended);
            assertThat(store.durable(log, Durability.OS)).isNull();
            TopicLog.Batch batch = store.read(log, 0);
            assertThat(bodies(batch)).isEqualTo(appended);
            assertThat(batch.nextLsn()).isEqualTo(101);
            assertThat(log.damagedCount()).isZero();
        }
    }

    @Test
    void readingStopsAtItsLimitsAndGoesOnBehindThem() throws IOException {
        try (TestStore store = open()) {
            ChronicleTopicLog log = store.log(TOPIC);
            for (String body : List.of("a", "b", "c", "d")) store.append(log, body);
            assertThat(store.durable(log, Durability.OS)).isNull();
            TopicLog.Batch two = store.read(log, 0, 2, Integer.MAX_VALUE);
            assertThat(bodies(two)).containsExactly("a", "b");
            assertThat(bodies(store.read(log, two.nextLsn()))).containsExactly("c", "d");
            TopicLog.Batch one = store.read(log, 2, Integer.MAX_VALUE, 0);
            assertThat(bodies(one)).as("at least one").containsExactly("b");
            assertThat(one.nextLsn()).isEqualTo(3);
        }
    }

    @Test
    void onlyMessagesAreReadInARow() throws IOException {
        try (TestStore store = open()) {
            ChronicleTopicLog log = store.log(TOPIC);
            store.append(log, "a");
            LogEntry finished = new LogEntry.Finished(new ChannelName("c"), new long[] {1});
            long lsn = store.call(() -> log.append(finished));
            store.append(log, "b");
            assertThat(bodies(store.read(log, 0))).containsExactly("a", "b");
            var entry = store.readEntries(log, Integer.MAX_VALUE, lsn).entries().get(0).entry();
            assertThat(((LogEntry.Finished) entry).lsns()).containsExactly(1);
        }
    }

    @Test
    void singleEntriesAreReadByTheirLsns() throws IOException {
        try (TestStore store = new TestStore(TestStore.settings(data, 64 << 10))) {
            ChronicleTopicLog log = store.log(TOPIC);
            fill(store, log, 2000);
            TopicLog.Batch batch = store.readEntries(log, Integer.MAX_VALUE, 1, 2, 700, 701, 1990);
            assertThat(batch.entries().stream().map(LogEntry.Numbered::lsn))
                    .containsExactly(1L, 2L, 700L, 701L, 1990L);
            assertThat(batch.nextLsn()).isEqualTo(1991);
            TopicLog.Batch first = store.readEntries(log, 1, 5, 700);
            assertThat(first.entries()).hasSize(1);
            assertThat(first.nextLsn()).isEqualTo(700);
        }
    }

    private static void fill(TestStore store, TopicLog log, int count) {
        for (int i = 0; i < count; i += 100) {
            int from = i;
            store.run(
                    () -> {
                        for (int j = from; j < from + 100; j++) {
                            log.append(TestStore.message("message " + j + ".".repeat(100)));
                        }
                    });
            // Comes behind the making of the next segment, if that is under way.
            assertThat(store.durable(log, Durability.FSYNC)).isNull();
        }
    }

    @Test
    void aSegmentThatIsFullIsFollowedByAnother() throws IOException {
        try (TestStore store = new TestStore(TestStore.settings(data, 64 << 10))) {
            ChronicleTopicLog log = store.log(TOPIC);
            fill(store, log, 2000);
            List<Segment> segments = log.segments();
            assertThat(segments).hasSizeBetween(2, 8);
            for (int i = 1; i < segments.size(); i++) {
                assertThat(segments.get(i).from()).isEqualTo(segments.get(i - 1).until());
            }
            for (Segment segment : segments) {
                assertThat(segment.bytes()).isGreaterThan(64 << 10);
                assertThat(store.readEntries(log, Integer.MAX_VALUE, segment.from()).entries())
                        .as("each begins with the state")
                        .extracting(LogEntry.Numbered::entry)
                        .hasOnlyElementsOfType(LogEntry.TopicState.class);
            }
            assertThat(store.read(log, 0).entries()).hasSize(2000);
        }
    }

    @Test
    void aDeletedSegmentIsGoneAndNoDamage() throws IOException {
        try (TestStore store = new TestStore(TestStore.settings(data, 64 << 10))) {
            ChronicleTopicLog log = store.log(TOPIC);
            fill(store, log, 2000);
            Segment first = log.segments().get(0);
            long before = log.bytes();
            store.run(() -> log.delete(first));
            assertThat(log.bytes()).isEqualTo(before - first.bytes());
            TopicLog.Batch rest = store.read(log, 0);
            assertThat(rest.entries().get(0).lsn()).isEqualTo(first.until() + 1);
            store.closeLog(log);
            assertThat(directories()).doesNotContain("%020d".formatted(first.from()));
            assertThat(log.damagedCount()).isZero();
        }
    }

    private List<String> directories() throws IOException {
        Path directory = Directories.ofTopic(data, TOPIC);
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(p -> p.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void afterClearingLsnsGoOn() throws IOException {
        try (TestStore store = open()) {
            ChronicleTopicLog log = store.log(TOPIC);
            store.append(log, "a");
            assertThat(store.durable(log, Durability.OS)).isNull();
            store.run(log::clear);
            assertThat(log.bytes()).isZero();
            assertThat(store.append(log, "b")).as("behind another state").isEqualTo(3);
            assertThat(bodies(store.read(log, 0))).containsExactly("b");
            assertThat(store.durable(log, Durability.FSYNC)).isNull();
            assertThat(directories()).containsExactly("%020d".formatted(2));
        }
    }

    @Test
    void aDeletedLogLeavesNothingAndItsNameCanBeUsedAgain() throws IOException {
        try (TestStore store = open()) {
            ChronicleTopicLog log = store.log(TOPIC);
            store.append(log, "a");
            store.run(() -> log.delete(() -> {}));
            ChronicleTopicLog another = store.log(TOPIC);
            store.append(another, "b");
            assertThat(store.durable(another, Durability.FSYNC)).isNull();
            assertThat(bodies(store.read(another, 0))).containsExactly("b");
            store.run(() -> another.delete(() -> {}));
            store.closeLog(store.log(TOPIC));
            assertThat(data).isEmptyDirectory();
        }
    }

    @Test
    void whoReadsFromALogThatIsDeletedMeanwhileIsAnsweredAllTheSame() throws IOException {
        try (TestStore store = open()) {
            ChronicleTopicLog log = store.log(TOPIC);
            store.append(log, "a");
            List<TopicLog.Batch> answers = new ArrayList<>();
            store.run(
                    () -> {
                        log.read(0, 1, 1, (batch, nowNs) -> answers.add(batch));
                        log.read(new long[] {1}, 1, (batch, nowNs) -> answers.add(batch));
                        log.delete(() -> {});
                    });
            store.closeLog(store.log(TOPIC));
            assertThat(answers).hasSize(2).allMatch(batch -> batch.entries().isEmpty());
        }
    }

    @Test
    void manyWhoWaitShareAForce() throws IOException {
        try (TestStore store = open()) {
            ChronicleTopicLog log = store.log(TOPIC);
            AtomicInteger answers = new AtomicInteger();
            store.run(
                    () -> {
                        for (int i = 0; i < 1000; i++) {
                            log.append(TestStore.message("m"));
                            log.whenDurable(
                                    Durability.FSYNC,
                                    reason -> {
                                        assertThat(reason).isNull();
                                        answers.incrementAndGet();
                                    });
                            assertThat(answers).as("never before it returns").hasValue(0);
                        }
                    });
            assertThat(store.durable(log, Durability.FSYNC)).isNull();
            assertThat(answers).hasValue(1000);
        }
    }

    @Test
    void aMessageMayBeLargerThanASegment() throws IOException {
        try (TestStore store = new TestStore(TestStore.settings(data, 64 << 10))) {
            ChronicleTopicLog log = store.log(TOPIC);
            List<String> bodies = new ArrayList<>();
            for (int length : new int[] {1, 300_000, 2, 5_000_000, 3, 1_000_000, 4}) {
                bodies.add("x".repeat(length));
                store.append(log, bodies.get(bodies.size() - 1));
            }
            assertThat(store.durable(log, Durability.OS)).isNull();
            assertThat(bodies(store.read(log, 0))).isEqualTo(bodies);
        }
    }

    @Test
    void closingEndsWithAStateAndCutsTheFile() throws IOException {
        try (TestStore store = open()) {
            ChronicleTopicLog log = store.log(TOPIC);
            store.append(log, "a");
            store.closeLog(log);
            Path segment = Directories.ofSegment(Directories.ofTopic(data, TOPIC), 0);
            assertThat(segment).isDirectoryContaining("glob:**.cq4");
            assertThat(segment.resolve(Directories.METADATA_FILE)).doesNotExist();
            assertThat(Files.size(segment.resolve(Directories.DATA_FILE))).isLessThan(16 << 10);
            assertThat(directories()).containsExactly("%020d".formatted(0));
        }
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void filesAreForTheirOwnerOnly() throws IOException {
        try (TestStore store = open()) {
            ChronicleTopicLog log = store.log(TOPIC);
            store.append(log, "a");
            assertThat(store.durable(log, Durability.OS)).isNull();
            try (Stream<Path> all = Files.walk(Directories.ofTopic(data, TOPIC))) {
                for (Path path : (Iterable<Path>) all::iterator) {
                    String expected = Files.isDirectory(path) ? "rwx------" : "rw-------";
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                            .as("%s", path)
                            .isEqualTo(expected);
                }
            }
        }
    }
}
