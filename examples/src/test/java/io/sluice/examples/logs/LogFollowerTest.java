package io.sluice.examples.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs that grow, are rotated, emptied and read on after a restart. */
class LogFollowerTest {
    @TempDir Path folder;
    private Path log;

    @BeforeEach
    void name() {
        log = folder.resolve("app.log");
    }

    private static void append(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private LogFollower follower(Position position) throws IOException {
        return new LogFollower(log, position, Duration.ZERO);
    }

    /** Text of all lines that can be read now. */
    private static List<String> lines(LogFollower follower) throws IOException {
        List<String> lines = new ArrayList<>();
        for (List<Bytes> some = follower.next(10); !some.isEmpty(); some = follower.next(10)) {
            some.forEach(line -> lines.add(line.utf8()));
        }
        return lines;
    }

    @Test
    void linesAreReadWhenTheyAreWhole() throws IOException {
        try (LogFollower follower = follower(null)) {
            assertThat(lines(follower)).isEmpty();
            append(log, "one\n\ntwo\r\nthr");
            assertThat(lines(follower)).containsExactly("one", "two");
            append(log, "ee\n");
            assertThat(lines(follower)).containsExactly("three");
            assertThat(lines(follower)).isEmpty();
        }
    }

    @Test
    void aLongLineComesInParts() throws IOException {
        append(log, "x".repeat(LogFile.MAX_LINE_BYTES + 5) + "\nnext\n");
        try (LogFollower follower = follower(null)) {
            assertThat(lines(follower))
                    .containsExactly("x".repeat(LogFile.MAX_LINE_BYTES), "xxxxx", "next");
        }
    }

    @Test
    void aRotatedLogIsReadToItsEndFirst() throws IOException {
        append(log, "one\n");
        try (LogFollower follower = follower(null)) {
            assertThat(lines(follower)).containsExactly("one");
            append(log, "two\nunfinished");
            Files.move(log, folder.resolve("app.log.1"));
            append(log, "three\n");
            assertThat(lines(follower)).containsExactly("two", "unfinished", "three");
        }
    }

    @Test
    void aLogThatIsRotatedTwiceBetweenTwoLooksIsReadWhole() throws IOException {
        append(log, "one\n");
        try (LogFollower follower = follower(null)) {
            assertThat(lines(follower)).containsExactly("one");
            Files.move(log, folder.resolve("app.log.1"));
            append(log, "two\n");
            Files.move(log, folder.resolve("app.log.2"));
            append(log, "three\n");
            assertThat(lines(follower)).containsExactly("two", "three");
            append(log, "four\n");
            assertThat(lines(follower)).containsExactly("four");
        }
    }

    /** All old names shift with each rotation, between any two steps of the follower. */
    @Test
    void aLogThatIsRotatedAllTheTimeIsReadWhole() throws Exception {
        int rotations = 200;
        append(log, "0\n");
        List<String> all = new ArrayList<>();
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> rotate(rotations));
        try (LogFollower follower = follower(null)) {
            while (!writing.isDone()) all.addAll(lines(follower));
            writing.join();
            all.addAll(lines(follower));
        }
        assertThat(all)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(0, rotations).mapToObj(String::valueOf).toList());
    }

    private void rotate(int times) {
        try {
            for (int i = 1; i <= times; i++) {
                for (int old = 9; old > 0; old--) {
                    Path from = folder.resolve("app.log." + old);
                    if (Files.exists(from)) Files.move(from, folder.resolve(name(old, i)));
                }
                Files.move(log, folder.resolve("app.log.1"));
                append(log, i + "\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next name of an old file; the oldest is kept for good. */
    private static String name(int old, int rotation) {
        return old < 9 ? "app.log." + (old + 1) : "app.log.kept-" + rotation;
    }

    @Test
    void aRenamedLogThatStillGrowsIsWaitedFor() throws IOException {
        append(log, "one\n");
        try (LogFollower follower = new LogFollower(log, null, Duration.ofMinutes(1))) {
            assertThat(lines(follower)).containsExactly("one");
            Path renamed = Files.move(log, folder.resolve("app.log.1"));
            append(log, "three\n");
            assertThat(lines(follower)).isEmpty();
            append(renamed, "two\n");
            assertThat(lines(follower)).containsExactly("two");
        }
    }

    @Test
    void aLogThatIsEmptiedIsReadAnew() throws IOException {
        append(log, "a long line that goes away\n");
        try (LogFollower follower = follower(null)) {
            assertThat(lines(follower)).hasSize(1);
            Files.writeString(log, "new\n");
            assertThat(lines(follower)).containsExactly("new");
        }
    }

    @Test
    void itGoesOnBehindItsPosition() throws IOException {
        append(log, "one\ntwo\n");
        Position position;
        try (LogFollower follower = follower(null)) {
            assertThat(follower.next(1).get(0)).isEqualTo(Bytes.utf8("one"));
            lines(follower);
            position = follower.position();
        }
        append(log, "three\n");
        try (LogFollower follower = follower(Position.parse(position.toString()))) {
            assertThat(lines(follower)).containsExactly("three");
        }
    }

    @Test
    void whatWasRotatedMeanwhileIsFoundAgain() throws IOException {
        append(log, "one\n");
        Position position;
        try (LogFollower follower = follower(null)) {
            lines(follower);
            position = follower.position();
        }
        append(log, "two\n");
        old(Files.move(log, folder.resolve("app.log.2")), 20);
        append(log, "three\n");
        old(Files.move(log, folder.resolve("app.log.1")), 10);
        append(log, "four\n");
        append(folder.resolve("app.log.3"), "older than the position\n");
        old(folder.resolve("app.log.3"), 30);
        try (LogFollower follower = follower(position)) {
            assertThat(lines(follower)).containsExactly("two", "three", "four");
        }
    }

    private static void old(Path file, int seconds) throws IOException {
        long ms = System.currentTimeMillis() - seconds * 1000L;
        Files.setLastModifiedTime(file, FileTime.fromMillis(ms));
    }

    @Test
    void withoutAPositionItBeginsWithTheOldestFile() throws IOException {
        append(folder.resolve("app.log.1"), "old\n");
        old(folder.resolve("app.log.1"), 10);
        append(folder.resolve("app.log.2.gz"), "compressed\n");
        append(log, "new\n");
        try (LogFollower follower = follower(null)) {
            assertThat(lines(follower)).containsExactly("old", "new");
        }
    }

    @Test
    void aPositionOfAnotherFileIsNoUse() throws IOException {
        append(log, "a new one\n");
        Position position = new Position(LogFile.key(log), 4, 12345);
        try (LogFollower follower = follower(position)) {
            assertThat(lines(follower)).containsExactly("a new one");
        }
    }

    @Test
    void positionsAreKept() throws IOException {
        Path file = folder.resolve("positions");
        Position position = new Position("(dev=1,ino=2)", 3, 4);
        new Positions(file).save(log, position);
        assertThat(new Positions(file).of(log)).isEqualTo(position);
        assertThat(new Positions(file).of(folder.resolve("other"))).isNull();
    }
}
