package io.sluice.daemon;

import picocli.CommandLine.Option;

/** Flags of HTTP listeners; an options class holds them as a {@code @Mixin}. */
public final class HttpOptions {
    @Changeable
    @Option(
            names = "--max-http-connections",
            defaultValue = "10000",
            description = "connections of each HTTP listener at most; more are closed at once")
    int maxHttpConnections;

    /** Of each listener at most. */
    public int maxConnections() {
        return maxHttpConnections;
    }

    /** Says no to a number with which nobody could connect. */
    public void validate() {
        if (maxHttpConnections >= 1) return;
        throw StartException.badFlag(
                "--max-http-connections", "must be 1 or more, not " + maxHttpConnections);
    }
}
