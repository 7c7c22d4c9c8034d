package io.sluice.daemon;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The flags that every daemon has; an options class holds them as a {@code @Mixin}. */
public final class CommonOptions {
    @ConfigKey(ConfigKey.NONE)
    @Option(names = "--config", paramLabel = "file", description = "path to a TOML file")
    Path config;

    @ConfigKey(ConfigKey.NONE)
    @Option(names = "--version", description = "print the version and exit")
    boolean version;

    @ConfigKey(ConfigKey.NONE)
    @Option(names = "--verbose", description = "[deprecated] has no effect, use --log-level")
    boolean verbose;

    @Changeable
    @Option(
            names = "--log-level",
            defaultValue = "info",
            paramLabel = "level",
            description = "log verbosity: debug, info, warn, error or fatal")
    LogLevel logLevel;

    @Option(
            names = "--log-prefix",
            paramLabel = "text",
            description = "log line prefix (default is the daemon's name in brackets)")
    String logPrefix;

    /** The least severe level that is logged. */
    public LogLevel logLevel() {
        return logLevel;
    }
}
