package io.sluice.nsqd.store;

import static io.sluice.nsqd.store.LogFiles.TOPIC;
import static io.sluice.nsqd.store.LogFiles.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.nsqd.core.LogEntry;
import io.sluice.nsqd.core.LogEntry.Range;
import io.sluice.nsqd.store.DamagedPlace.Kind;
import io.sluice.protocol.ChannelName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found in a log, and what is left of it when it is mended. */
class LogRepairTest {
    @TempDir Path directory;
    private LogFiles files;
    private final TreeMap<Long, LogEntry> entries = new TreeMap<>();

    @BeforeEach
    void start() {
        files = new LogFiles(directory);
    }

    private LogInspection inspect() throws IOException {
        entries.clear();
        return LogInspection.of(directory, TOPIC, (entry, lsn) -> entries.put(lsn, entry));
    }

    private List<String> repair(long left) throws IOException {
        List<String> done = new ArrayList<>();
        assertThat(new LogRepair(directory, TOPIC, done::add).run()).isEqualTo(left);
        return done;
    }

    private List<String> names(Path of) throws IOException {
        try (Stream<Path> all = Files.list(of)) {
            return all.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    /** Mends one damaged segment; all that could be read before can be read afterwards. */
    private LogInspection mended(long segment) throws IOException {
        Path data = files.directory(segment).resolve(Directories.DATA_FILE);
        byte[] before = Files.readAllBytes(data);
        assertThat(inspect().placeCount()).isPositive();
        TreeMap<Long, LogEntry> readable = new TreeMap<>(entries);
        assertThat(repair(0)).isNotEmpty();
        LogInspection after = inspect();
        assertThat(after.places()).isEmpty();
        assertThat(entries).isEqualTo(readable);
        Path kept =
                files.topic().resolve(LogRepair.SET_ASIDE).resolve(data.getParent().getFileName());
        assertThat(kept.resolve(Directories.DATA_FILE)).hasBinaryContent(before);
        assertThat(repair(0)).isEmpty();
        return after;
    }

    @Test
    void aWholeLogIsLeftAsItIs() throws IOException {
        files.begin(0).messages(3).entry(new LogEntry.TopicEmptied()).end();
        files.begin(4).messages(2).end(8 * 1024);
        LogInspection log = inspect();
        assertThat(log.places()).isEmpty();
        assertThat(log.gaps()).isEmpty();
        assertThat(log.segments()).isEqualTo(2);
        assertThat(log.entries()).isEqualTo(6);
        assertThat(log.messages()).isEqualTo(5);
        assertThat(log.nextLsn()).isEqualTo(6);
        assertThat(entries.get(5L)).isEqualTo(message(5));
        assertThat(LogInspection.topics(directory)).containsExactly(TOPIC);
        assertThat(repair(0)).isEmpty();
        assertThat(names(files.topic())).hasSize(2);
    }

    @Test
    void lsnsOfASegmentThatIsNotThereAreAGapAndNoDamage() throws IOException {
        files.begin(10).messages(3).end();
        files.begin(20).messages(3).end();
        LogInspection log = inspect();
        assertThat(log.places()).isEmpty();
        assertThat(log.gaps()).containsExactly(new Range(13, 20));
        assertThat(log.firstLsn()).isEqualTo(10);
    }

    @Test
    void entriesBetweenOthersAreToldByPlaceAndLsn() throws IOException {
        files.begin(100).messages(10);
        files.overwrite(files.offset(4), files.offset(6) - Record.FRAME_BYTES, 0xff).end();
        LogInspection log = inspect();
        assertThat(log.messages()).isEqualTo(8);
        DamagedPlace place = log.places().get(0);
        assertThat(place.kind()).isEqualTo(Kind.ENTRIES);
        assertThat(place.fromLsn()).isEqualTo(104);
        assertThat(place.entries()).isEqualTo(2);
        assertThat(place.file()).isEqualTo(files.directory(100).resolve(Directories.DATA_FILE));
        assertThat(place.offset()).isEqualTo(files.offset(4) - Record.FRAME_BYTES);
        assertThat(place.offset() + place.bytes()).isEqualTo(files.offset(6) - Record.FRAME_BYTES);
        LogInspection after = mended(100);
        assertThat(after.omitted()).isEqualTo(2);
        assertThat(after.nextLsn()).isEqualTo(110);
    }

    @Test
    void anyByteOfAnyEntryMayBeDamaged() throws IOException {
        files.begin(7).messages(3);
        int from = files.offset(1);
        int until = files.offset(2) - Record.FRAME_BYTES;
        for (int at = from; at < until; at++) {
            files.begin(7).messages(3).flip(at).end();
            mended(7);
            assertThat(entries.keySet()).contains(7L, 9L);
            Directories.delete(files.topic());
        }
    }

    @Test
    void aChecksumThatIsRightDoesNotMakeAnEntry() throws IOException {
        files.begin(0).messages(1);
        LogEntry.Finished good = new LogEntry.Finished(new ChannelName("c"), new long[] {1});
        Record record = new Record().entry(good).stamp(1);
        // The name of the channel becomes one that is not allowed, and the checksum fits again.
        record.array()[Record.HEADER_BYTES + 1] = '!';
        files.raw(record.stamp(1)).messages(2).end();
        LogInspection log = inspect();
        assertThat(log.places()).hasSize(1);
        assertThat(log.places().get(0).why()).contains("is no entry", "!");
        assertThat(mended(0).omitted()).isEqualTo(1);
        assertThat(entries.keySet()).containsExactly(0L, 2L, 3L);
    }

    @Test
    void aHeaderIsWrittenAnewAndWhatWasLostWithItIsTold() throws IOException {
        files.begin(50).messages(4).overwrite(0, files.offset(1), 0).end();
        LogInspection log = inspect();
        assertThat(log.places()).extracting(DamagedPlace::kind).containsExactly(Kind.HEADER);
        assertThat(log.places().get(0).entries()).isEqualTo(1);
        assertThat(mended(50).omitted()).isEqualTo(1);
        assertThat(entries.keySet()).containsExactly(51L, 52L, 53L);
    }

    @Test
    void whatComesBehindTheLastGoodEntryIsCutOff() throws IOException {
        files.begin(0).messages(5).flip(files.offset(3) + 15).flip(files.offset(4) + 40).end();
        DamagedPlace place = inspect().places().get(0);
        assertThat(place.kind()).isEqualTo(Kind.TAIL);
        assertThat(place.fromLsn()).isEqualTo(3);
        assertThat(place.entries()).isEqualTo(2);
        LogInspection after = mended(0);
        assertThat(after.nextLsn()).isEqualTo(5);
        assertThat(after.omitted()).isEqualTo(2);
    }

    @Test
    void whatWasNotCompleteWhenTheDaemonDiedIsNoDamage() throws IOException {
        files.begin(0).messages(5);
        int last = files.offset(4);
        files.flip(last - 1, 0x80).overwrite(last + 30, last + 50, 0).end();
        LogInspection log = inspect();
        assertThat(log.places()).isEmpty();
        assertThat(log.nextLsn()).isEqualTo(4);
    }

    @Test
    void aTailEndsWhereTheNextSegmentBegins() throws IOException {
        files.begin(0).messages(5).flip(files.offset(3) + 15).flip(files.offset(4) + 40).end();
        files.begin(4).messages(2).seal();
        assertThat(inspect().places().get(0).entries()).isEqualTo(1);
        LogInspection after = mended(0);
        assertThat(after.gaps()).isEmpty();
        assertThat(entries.keySet()).containsExactly(0L, 1L, 2L, 4L, 5L);
    }

    @Test
    void aCompleteSegmentStaysComplete() throws IOException {
        files.begin(0).messages(5).flip(files.offset(4) + 40).seal();
        DamagedPlace place = inspect().places().get(0);
        assertThat(place.kind()).isEqualTo(Kind.ENTRIES);
        assertThat(place.fromLsn()).isEqualTo(4);
        mended(0);
        List<LogEntry.Numbered> replayed = new ArrayList<>();
        Recovered recovered = Recovery.recover(directory, TOPIC, replayed::add);
        assertThat(replayed).hasSize(4);
        assertThat(recovered.lostCount()).isZero();
        assertThat(recovered.nextLsn()).isEqualTo(5);
    }

    @Test
    void aSegmentOfWhichNothingCanBeReadIsReplacedOrSetAside() throws IOException {
        files.begin(0).messages(2).seal();
        files.begin(2).messages(2).overwrite(0, 2_000, 0xff).end();
        files.begin(4).messages(2).seal();
        files.begin(6).messages(2).end();
        Files.delete(files.directory(6).resolve(Directories.DATA_FILE));
        assertThat(inspect().places())
                .extracting(DamagedPlace::kind)
                .containsExactly(Kind.SEGMENT, Kind.SEGMENT);
        assertThat(repair(0)).hasSize(4);
        LogInspection after = inspect();
        assertThat(after.places()).isEmpty();
        assertThat(after.gaps()).isEmpty();
        assertThat(after.omitted()).isEqualTo(2);
        assertThat(entries.keySet()).containsExactly(0L, 1L, 4L, 5L);
        assertThat(names(files.topic().resolve(LogRepair.SET_ASIDE)))
                .containsExactly("%020d".formatted(2), "%020d".formatted(6));
        assertThat(Recovery.recover(directory, TOPIC, entry -> {}).lostCount()).isZero();
    }

    @Test
    void aSegmentThatWasJustBegunIsNoDamage() throws IOException {
        files.begin(0).messages(2).end();
        files.begin(2).overwrite(200, 1_000, 0).end();
        assertThat(inspect().places()).isEmpty();
    }

    @Test
    void whatALaterVersionHasWrittenIsLeftAlone() throws IOException {
        files.begin(0, SegmentHeader.VERSION + 1).messages(2).end();
        DamagedPlace place = inspect().places().get(0);
        assertThat(place.kind()).isEqualTo(Kind.LATER_VERSION);
        assertThat(place.why()).isEqualTo("format version 2, understood is 1");
        byte[] before = Files.readAllBytes(place.file());
        assertThat(repair(1)).singleElement().asString().contains("is left alone");
        assertThat(place.file()).hasBinaryContent(before);
    }

    @Test
    void whateverIsDamagedTheRestIsReadAndStaysReadable() throws IOException {
        SplittableRandom random = new SplittableRandom(4711);
        for (int round = 0; round < 60; round++) {
            files.begin(1_000).messages(40);
            int length = files.offset(39);
            for (int i = random.nextInt(1, 6); i > 0; i--) {
                int from = random.nextInt(length);
                int until = Math.min(length, from + random.nextInt(1, 200));
                files.overwrite(from, until, random.nextInt(256));
            }
            files.end();
            if (inspect().placeCount() == 0) continue;
            mended(1_000);
            entries.forEach((lsn, entry) -> assertThat(entry).isEqualTo(message(lsn)));
            Directories.delete(files.topic());
        }
    }
}
