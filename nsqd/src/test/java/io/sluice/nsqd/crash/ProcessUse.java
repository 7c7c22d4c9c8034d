package io.sluice.nsqd.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What a process takes of the machine, as Linux tells it. */
final class ProcessUse {
    private ProcessUse() {}

    /** Resident memory that no file stands behind: heap, stacks, direct buffers. */
    static long residentBytes(long pid) {
        try {
            List<String> lines = Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"));
            for (String line : lines) {
                if (line.startsWith("RssAnon:")) return Long.parseLong(number(line)) * 1024;
            }
            throw new AssertionError("no RssAnon in " + lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String number(String line) {
        return line.replaceAll("\\D", "");
    }

    /** Count of file descriptors. */
    static long openFiles(long pid) {
        Path process = Path.of("/proc", Long.toString(pid));
        try (Stream<Path> descriptors = Files.list(process.resolve("fd"))) {
            return descriptors.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bytes of all blocks of all files below a directory. */
    static long diskBytes(Path directory) {
        Shell.Outcome du = Shell.run("du", "-s", "-B1", directory.toString());
        // Files may go while it looks, which it reports and counts as a failure.
        String last = du.output().lines().reduce((first, second) -> second).orElse("");
        assertThat(last).matches("\\d+\\s.*");
        return Long.parseLong(last.split("\\s")[0]);
    }
}
