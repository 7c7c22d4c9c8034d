package io.sluice.examples.bench.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** What a process of this machine has written to files, where /proc tells it. */
final class ProcessFiles {
    private static final String FIELD = "write_bytes: ";

    private ProcessFiles() {}

    /**
     * Bytes of the pages that it made dirty, also by memory that is mapped; on the disk or on their
     * way. Nothing when it is another user's, or on another system.
     */
    static OptionalLong writtenBytes(ProcessHandle process) {
        Path io = Path.of("/proc", Long.toString(process.pid()), "io");
        try {
            for (String line : Files.readAllLines(io)) {
                if (line.startsWith(FIELD)) {
                    return OptionalLong.of(Long.parseLong(line.substring(FIELD.length())));
                }
            }
            return OptionalLong.empty();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
