package io.sluice.examples.bench.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The memory of a process of this machine, where /proc tells it. */
public final class ProcessMemory {
    private static final Pattern FIELD = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final int KIB = 1_024;

    private ProcessMemory() {}

    /** Bytes that are resident now. Nothing when it has ended, or on another system. */
    public static OptionalLong residentBytes(ProcessHandle process) {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        try {
            Matcher field = FIELD.matcher(Files.readString(status));
            return field.find()
                    ? OptionalLong.of(Long.parseLong(field.group(1)) * KIB)
                    : OptionalLong.empty();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
