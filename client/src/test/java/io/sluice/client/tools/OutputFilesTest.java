package io.sluice.client.tools;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.daemon.GoFlags;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the files of nsq_to_file are called, and when the next one begins. */
class OutputFilesTest {
    private final HandClock clock = new HandClock();

    @TempDir Path folder;

    private OutputFiles files(String... words) {
        ToFileOptions options = new ToFileOptions();
        List<String> all = new ArrayList<>(List.of(words));
        all.add("--output-dir=" + folder);
        all.add("--host-identifier=h");
        GoFlags.command("nsq_to_file", options).parseArgs(all.toArray(String[]::new));
        if (options.workDir.isEmpty()) options.workDir = options.outputDir;
        return new OutputFiles(options, "t", clock);
    }

    private static void write(OutputFiles files, String... lines) throws IOException {
        for (String line : lines) {
            if (files.needsNext()) files.next();
            files.write(line.getBytes(UTF_8));
        }
    }

    /** All files below the folder and what they hold. */
    private Map<String, String> found() throws IOException {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                found.put(folder.relativize(file).toString(), text(file));
            }
        }
        return found;
    }

    private static String text(Path file) throws IOException {
        if (!file.toString().endsWith(".gz")) return Files.readString(file);
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    @Test
    void plainFilesAreOnePerHourAndAppendedTo() throws IOException {
        OutputFiles files = files();
        write(files, "one");
        clock.now = clock.now.plus(Duration.ofHours(1));
        write(files, "two");
        files.close();
        OutputFiles again = files();
        write(again, "three");
        again.close();
        assertThat(found())
                .containsExactly(
                        Map.entry("t.h.2026-11-20_10.log", "one\n"),
                        Map.entry("t.h.2026-11-20_11.log", "two\nthree\n"));
    }

    @Test
    void aLineThatWasCutShortDoesNotRunIntoTheNext() throws IOException {
        Files.writeString(folder.resolve("t.h.2026-11-20_10.log"), "whole\nha");
        OutputFiles files = files();
        write(files, "next");
        files.close();
        assertThat(found().values()).containsExactly("whole\nha\nnext\n");
    }

    @Test
    void aFileThatIsTooLargeIsFollowedByTheNextRevision() throws IOException {
        OutputFiles files = files("--rotate-size=10");
        write(files, "123456", "123456", "1", "2");
        files.close();
        OutputFiles again = files("--rotate-size=10");
        write(again, "3");
        again.close();
        assertThat(found())
                .containsExactly(
                        Map.entry("t.h-000000.2026-11-20_10.log", "123456\n123456\n"),
                        Map.entry("t.h-000001.2026-11-20_10.log", "1\n2\n3\n"));
    }

    @Test
    void compressedFilesAreNeverContinuedAndHaveAMemberForEachSync() throws IOException {
        OutputFiles files = files("--gzip");
        write(files, "one");
        files.sync();
        write(files, "two");
        files.close();
        OutputFiles again = files("--gzip");
        again.next();
        again.close();
        assertThat(found())
                .containsExactly(
                        Map.entry("t.h-000000.2026-11-20_10.log.gz", "one\ntwo\n"),
                        Map.entry("t.h-000001.2026-11-20_10.log.gz", ""));
    }

    @Test
    void aFileThatIsOldEnoughIsFollowedByTheNextRevision() throws IOException {
        OutputFiles files = files("--rotate-interval=1m");
        write(files, "one");
        clock.now = clock.now.plus(Duration.ofMinutes(1));
        write(files, "two");
        clock.now = clock.now.plusMillis(1);
        write(files, "three");
        files.close();
        assertThat(found())
                .containsExactly(
                        Map.entry("t.h-000000.2026-11-20_10.log", "one\ntwo\n"),
                        Map.entry("t.h-000001.2026-11-20_10.log", "three\n"));
    }

    @Test
    void finishedFilesAreMovedAndReplaceNone() throws IOException {
        String format = "--filename-format=<TOPIC>/x<REV>.log";
        OutputFiles files = files("--work-dir=" + folder.resolve("work"), format);
        write(files, "one");
        assertThat(found()).containsOnlyKeys("work/t/x-000000.log");
        Files.createDirectory(folder.resolve("t"));
        Files.writeString(folder.resolve("t").resolve("x-000000.log"), "somebody else's\n");
        files.close();
        assertThat(found())
                .containsExactly(
                        Map.entry("t/x-000000.log", "somebody else's\n"),
                        Map.entry("t/x-000001.log", "one\n"));
    }

    @Test
    void namesWithoutRoomForARevisionAreRefused() {
        assertThatThrownBy(() -> files("--gzip", "--filename-format=<TOPIC>.log"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("missing <REV> in --filename-format");
    }

    /** Moved by hand. */
    private static final class HandClock extends Clock {
        private Instant now = Instant.parse("2026-11-20T10:30:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
