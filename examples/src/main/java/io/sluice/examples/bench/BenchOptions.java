package io.sluice.examples.bench;

import io.sluice.daemon.HostAndPort;
import io.sluice.examples.bench.scenario.Limit;
import io.sluice.examples.bench.wire.PublishCommand;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The flags of the benchmark. */
@Command(
        name = "bench",
        sortOptions = false,
        usageHelpAutoWidth = true,
        description =
                "Measures a daemon that speaks NSQ's protocol, or two side by side. Start each"
                        + " with a --mem-queue-size of at least twice --messages; of 0 for"
                        + " overflow and drain; with its default for topics and idle-consumers.")
final class BenchOptions {
    private static final int MOST_RUNS = 1_000;
    private static final int MOST_SECONDS = 3_600;
    private static final int MOST_MESSAGES = 100_000_000;
    private static final int LEAST_MESSAGES = 10_000;
    private static final int MOST_CONNECTIONS = 1_000;
    private static final int MOST_BUFFER_TIMEOUT_MS = 30_000;
    private static final int LARGEST_BODY = 1_048_576;

    @Option(
            names = "--nsqd-tcp-address",
            paramLabel = "ADDRESS",
            converter = HostAndPort.Converter.class,
            description = "the daemon to measure: host:port for clients")
    HostAndPort nsqdTcpAddress;

    @Option(
            names = "--nsqd-http-address",
            paramLabel = "ADDRESS",
            converter = HostAndPort.Converter.class,
            description = "its host:port for HTTP, by which topics are made and deleted")
    HostAndPort nsqdHttpAddress;

    @Option(
            names = "--nsqd-pid",
            paramLabel = "PID",
            description = "its process, if it is on this machine and is not found by its port")
    long nsqdPid;

    @Option(
            names = "--against-tcp-address",
            paramLabel = "ADDRESS",
            converter = HostAndPort.Converter.class,
            description = "the other daemon, to compare with")
    HostAndPort againstTcpAddress;

    @Option(
            names = "--against-http-address",
            paramLabel = "ADDRESS",
            converter = HostAndPort.Converter.class,
            description = "its host:port for HTTP")
    HostAndPort againstHttpAddress;

    @Option(names = "--against-pid", paramLabel = "PID", description = "its process")
    long againstPid;

    @Option(
            names = "--scenario",
            paramLabel = "NAME",
            split = ",",
            description =
                    "what to measure, by name or by the start of several names; may be"
                            + " repeated or hold a list (default all but overflow and drain,"
                            + " which need a daemon without memory, level and fsync, which"
                            + " measure the first daemon alone, self: the load generator alone,"
                            + " and topics, idle-consumers and unread, which measure memory:"
                            + " each alone, once, at daemons that were just started)")
    List<String> scenarios = new ArrayList<>();

    @Option(
            names = "--runs",
            paramLabel = "COUNT",
            description = "measured runs of each scenario at each daemon (default 5)")
    int runs = 5;

    @Option(
            names = "--seconds",
            paramLabel = "COUNT",
            description = "how long a run publishes at most (default 5)")
    int seconds = 5;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            description = "how long each daemon is warmed up for each scenario (default 5)")
    int warmUpSeconds = 5;

    @Option(
            names = "--messages",
            paramLabel = "COUNT",
            description =
                    "how many messages a run publishes at most, and the size of a backlog, as of"
                            + " unread (default 2000000)")
    int messages = 2_000_000;

    @Option(
            names = "--size",
            paramLabel = "BYTES",
            description =
                    "body size (default 0: each scenario's own, 100 or 200; publish-pub-1k, -64k"
                            + " and -1m keep theirs)")
    int size;

    @Option(
            names = "--connections",
            paramLabel = "COUNT",
            description =
                    "publishers, or consumers of a backlog (default 0: each scenario's own count)")
    int connections;

    @Option(
            names = "--output-buffer-timeout",
            paramLabel = "MILLISECONDS",
            description =
                    "what consumers ask for in latency and requeue: how long messages may be"
                            + " held back to send more at once; -1: flush by size alone"
                            + " (default 250, as nsqd's)")
    int outputBufferTimeoutMs = 250;

    @Option(
            names = "--directory",
            paramLabel = "PATH",
            description =
                    "where to measure how long the disk takes, for fsync: on the file system of"
                            + " the daemon's --data-path")
    Path directory;

    @Spec private CommandSpec spec;

    /** Says no before anything is opened, naming the flag as its user typed it. */
    void validate() {
        within("--runs", runs, 1, MOST_RUNS);
        within("--seconds", seconds, 1, MOST_SECONDS);
        within("--warm-up", warmUpSeconds, 0, MOST_SECONDS);
        within("--messages", messages, LEAST_MESSAGES, MOST_MESSAGES);
        within("--output-buffer-timeout", outputBufferTimeoutMs, -1, MOST_BUFFER_TIMEOUT_MS);
        within("--connections", connections, 0, MOST_CONNECTIONS);
        if (size != 0) within("--size", size, PublishCommand.STAMP_LENGTH, LARGEST_BODY);
        together("--nsqd", nsqdTcpAddress, nsqdHttpAddress);
        together("--against", againstTcpAddress, againstHttpAddress);
        if (againstTcpAddress != null && nsqdTcpAddress == null) {
            throw bad("--nsqd-tcp-address is missing: --against-tcp-address is the other daemon");
        }
    }

    private void within(String flag, int value, int least, int most) {
        if (value < least || value > most) {
            throw bad(flag + " " + value + " is not allowed: " + least + " to " + most);
        }
    }

    private void together(String flags, HostAndPort tcp, HostAndPort http) {
        if ((tcp == null) != (http == null)) {
            throw bad(flags + "-tcp-address and " + flags + "-http-address need each other");
        }
    }

    ParameterException bad(String why) {
        return new ParameterException(spec.commandLine(), why);
    }

    Limit limit() {
        return new Limit(Duration.ofSeconds(seconds), messages);
    }

    Duration warmUp() {
        return Duration.ofSeconds(warmUpSeconds);
    }
}
