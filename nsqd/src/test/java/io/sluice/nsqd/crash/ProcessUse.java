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
        return value(pid, "status", "RssAnon:") * 1024;
    }

    /** Calls to read and to write, of files and of sockets, that it has made so far. */
    static long readsAndWrites(long pid) {
        return value(pid, "io", "syscr:") + value(pid, "io", "syscw:");
    }

    private static long value(long pid, String file, String name) {
        try {
            List<String> lines = Files.readAllLines(Path.of("/proc", Long.toString(pid), file));
            for (String line : lines) {
                if (line.startsWith(name)) return Long.parseLong(number(line));
            }
            throw new AssertionError("no " + name + " in " + lines);
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
