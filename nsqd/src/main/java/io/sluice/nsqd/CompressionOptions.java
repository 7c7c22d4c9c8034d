package io.sluice.nsqd;

import io.sluice.daemon.StartException;
import picocli.CommandLine.Option;

/** Flags of what clients may compress their connections with. */
final class CompressionOptions {
    @Option(
            names = "--deflate",
            defaultValue = "true",
            fallbackValue = "true",
            arity = "0..1",
            description = "let clients compress with deflate")
    boolean deflate;

    @Option(
            names = "--max-deflate-level",
            defaultValue = "6",
            description = "highest level of deflate that a client gets, 1 to 9")
    int maxDeflateLevel;

    @Option(
            names = "--snappy",
            defaultValue = "true",
            fallbackValue = "true",
            arity = "0..1",
            description = "let clients compress with snappy")
    boolean snappy;

    void validate() {
        if (maxDeflateLevel >= 1 && maxDeflateLevel <= 9) return;
        throw StartException.badFlag(
                "--max-deflate-level", "must be 1 to 9, not " + maxDeflateLevel);
    }
}
