package io.sluice.nsqd.store;

import static io.sluice.nsqd.store.TestStore.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.nsqd.core.Durability;
import io.sluice.nsqd.core.LogEntry;
import io.sluice.nsqd.core.TopicLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found in logs that the daemon itself has written. */
class LogInspectionTest {
    private static final int MESSAGES = 2_000;
    private static final long SEGMENT_BYTES = 64 * 1024;

    @TempDir Path data;
    @TempDir Path copy;

    private final TreeMap<Long, LogEntry> entries = new TreeMap<>();

    private LogInspection inspect(Path dataPath) throws IOException {
        entries.clear();
        return LogInspection.of(dataPath, TOPIC, (entry, lsn) -> entries.put(lsn, entry));
    }

    private List<String> bodies() {
        return entries.values().stream()
                .filter(LogEntry.Message.class::isInstance)
                .map(entry -> ((LogEntry.Message) entry).body().utf8())
                .toList();
    }

    private static List<String> expected() {
        return IntStream.range(0, MESSAGES).mapToObj(LogInspectionTest::body).toList();
    }

    private static String body(int number) {
        return "message " + number + ".".repeat(number % 100);
    }

    private static void fill(TestStore store, TopicLog log) {
        for (int batch = 0; batch < MESSAGES; batch += 100) {
            int first = batch;
            store.run(
                    () -> {
                        for (int i = first; i < first + 100; i++) {
                            log.append(TestStore.message(body(i)));
                        }
                    });
            assertThat(store.durable(log, Durability.OS)).isNull();
        }
    }

    /** As a daemon leaves them that is killed now. */
    private void copySegments() throws IOException {
        Path topic = Directories.ofTopic(data, TOPIC);
        for (long first : Directories.segments(topic)) {
            Path to = Directories.ofSegment(Directories.ofTopic(copy, TOPIC), first);
            Files.createDirectories(to);
            Path file = Directories.ofSegment(topic, first).resolve(Directories.DATA_FILE);
            Files.copy(file, to.resolve(Directories.DATA_FILE));
        }
    }

    @Test
    void aLogThatWasClosedIsWhole() throws IOException {
        try (TestStore store = new TestStore(TestStore.settings(data, SEGMENT_BYTES))) {
            fill(store, store.log(TOPIC));
        }
        LogInspection log = inspect(data);
        assertThat(log.places()).isEmpty();
        assertThat(log.gaps()).isEmpty();
        assertThat(log.messages()).isEqualTo(MESSAGES);
        assertThat(bodies()).isEqualTo(expected());
    }

    @Test
    void soIsOneWhoseDaemonWasKilled() throws IOException {
        try (TestStore store = new TestStore(TestStore.settings(data, SEGMENT_BYTES))) {
            fill(store, store.log(TOPIC));
            copySegments();
        }
        LogInspection log = inspect(copy);
        assertThat(log.places()).isEmpty();
        assertThat(log.gaps()).isEmpty();
        assertThat(bodies()).isEqualTo(expected());
    }

    @Test
    void whatIsDamagedIsTakenOutAndNothingElse() throws IOException {
        try (TestStore store = new TestStore(TestStore.settings(data, SEGMENT_BYTES))) {
            fill(store, store.log(TOPIC));
        }
        SplittableRandom random = new SplittableRandom(99);
        for (long first : Directories.segments(Directories.ofTopic(data, TOPIC))) {
            Path file =
                    Directories.ofSegment(Directories.ofTopic(data, TOPIC), first)
                            .resolve(Directories.DATA_FILE);
            byte[] bytes = Files.readAllBytes(file);
            for (int i = 0; i < 5; i++) bytes[random.nextInt(bytes.length)] ^= 0x11;
            Files.write(file, bytes);
        }
        LogInspection damaged = inspect(data);
        TreeMap<Long, LogEntry> readable = new TreeMap<>(entries);
        assertThat(damaged.placeCount()).isPositive();
        assertThat(new LogRepair(data, TOPIC, text -> {}).run()).isZero();
        LogInspection after = inspect(data);
        assertThat(after.places()).isEmpty();
        assertThat(entries).isEqualTo(readable);
        assertThat(Recovery.recover(data, TOPIC, entry -> {}).lostCount()).isZero();
        assertThat(after.messages()).isGreaterThan(MESSAGES - 100).isLessThan(MESSAGES);
    }

    private void importNsq(Function<TestStore, NsqImport.OpenLog> open) throws IOException {
        try (TestStore store = new TestStore(TestStore.settings(data, SEGMENT_BYTES))) {
            NsqImport nsq = new NsqImport(data, 1_000_000);
            nsq.run(
                    nsq.complete(Metadata.EMPTY),
                    new NsqImport.Target(
                            Durability.MEM,
                            name -> open.apply(store),
                            task -> store.run(task::run),
                            NsqFiles.NOW_NS));
        }
    }

    private List<String> deliveries(int channel) throws IOException {
        assertThat(inspect(data).places()).isEmpty();
        return TestLog.deliveries(entries, TestLog.state(entries).channels().get(channel));
    }

    @Test
    void whatNsqHadIsThereWhenItIsImported() throws IOException {
        byte[][] parts = new byte[2_500][];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = NsqFiles.record(NsqFiles.message(10_000 + i, i % 10 == 0 ? 3 : 0));
        }
        NsqFiles files =
                new NsqFiles(data)
                        .segment(TOPIC + ":a", 0, parts)
                        .queue(TOPIC + ":b", 20_000, 21_999)
                        .queue(TOPIC.value(), 30_000, 30_099);
        importNsq(store -> new NsqImport.OpenLog(store.call(() -> store.logs.create(TOPIC)), null));
        List<String> a = deliveries(0);
        assertThat(a).hasSize(2_600).startsWith("m-10000/3", "m-10010/3").endsWith("m-30099");
        assertThat(a.get(250)).isEqualTo("m-10001");
        assertThat(deliveries(1)).hasSize(2_100).startsWith("m-20000").endsWith("m-30099");
        files.queue(TOPIC + ":a", 40_000, 40_009);
        Recovered recovered = Recovery.recover(data, TOPIC, entry -> {});
        assertThat(recovered.lostCount()).isZero();
        importNsq(
                store ->
                        new NsqImport.OpenLog(
                                store.call(() -> store.logs.open(recovered)),
                                TestLog.state(entries)));
        assertThat(deliveries(0)).hasSize(2_610).startsWith(a.toArray(String[]::new));
        assertThat(deliveries(1)).hasSize(2_100);
    }
}
