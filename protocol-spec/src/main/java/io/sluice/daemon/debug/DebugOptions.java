package io.sluice.daemon.debug;

import picocli.CommandLine.Option;

/** Flags of what may be looked at; an options class holds them as a {@code @Mixin}. */
public final class DebugOptions {
    @Option(
            names = "--allow-heap-dump",
            description = "serve /debug/heapdump: all messages in memory, to anybody who asks")
    boolean allowHeapDump;

    /** Whether the memory may be read out. */
    public boolean allowHeapDump() {
        return allowHeapDump;
    }
}
