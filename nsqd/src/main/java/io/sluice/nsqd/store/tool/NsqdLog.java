package io.sluice.nsqd.store.tool;

import io.sluice.daemon.FlagException;
import io.sluice.daemon.GoFlags;
import io.sluice.daemon.LogFormat;
import io.sluice.daemon.StartException;
import io.sluice.daemon.ToolFlags;
import io.sluice.nsqd.core.LogEntry.Range;
import io.sluice.nsqd.store.DamagedPlace;
import io.sluice.nsqd.store.DataLock;
import io.sluice.nsqd.store.LogInspection;
import io.sluice.nsqd.store.LogRepair;
import io.sluice.protocol.TopicName;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The command {@code nsqd-log}: checks, prints and mends the logs of a daemon that is stopped. */
public final class NsqdLog {
    private static final String NAME = "nsqd-log";
    private static final int CLEAN = 0;
    private static final int FAILED = 1;
    private static final int BAD_FLAGS = 2;
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final List<String> COMMANDS = List.of("check", "export", "repair");
    private static final String USAGE =
            """
            usage: nsqd-log COMMAND DIR [FLAGS]

              check DIR   tells what the logs in data path DIR hold, and what of it is damaged;
                          ends with 1 when something is
              export DIR  prints every message that can be read, finished ones too
              repair DIR  takes out what is damaged; what it replaces is kept in DIR

            No nsqd may run on DIR meanwhile.

            """;

    private final PrintStream out;
    private final PrintStream err;

    NsqdLog(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Runs one command. */
    public static void main(String[] args) {
        LogFormat.install(System.err);
        PrintStream out =
                new PrintStream(
                        new BufferedOutputStream(
                                new FileOutputStream(FileDescriptor.out), BUFFER_BYTES));
        int exitCode = new NsqdLog(out, System.err).run(args);
        out.flush();
        if (out.checkError()) exitCode = FAILED;
        System.exit(exitCode);
    }

    /** Returns the exit code. */
    int run(String... args) {
        boolean isCommand = args.length > 0 && COMMANDS.contains(args[0]);
        boolean hasDirectory = args.length > 1 && !args[1].startsWith("-");
        ToolFlags<LogOptions> flags = new ToolFlags<>(NAME, LogOptions::new, out, err);
        if (!isCommand || !hasDirectory) return withoutCommand(flags, args);
        String[] rest = Arrays.copyOfRange(args, 2, args.length);
        Optional<LogOptions> options = flags.read(rest);
        if (options.isEmpty()) return flags.exitCode();
        int words = words(rest);
        if (words < rest.length) return refuse("'" + rest[words] + "' is too much");
        return run(args[0], Path.of(args[1]), options.get());
    }

    /** Only what is asked of the tool itself can go without a command. */
    private int withoutCommand(ToolFlags<LogOptions> flags, String[] args) {
        if (args.length > 0 && COMMANDS.contains(args[0])) return refuse("DIR is missing");
        if (args.length > 0 && !args[0].startsWith("-")) {
            return refuse("there is no command '" + args[0] + "'");
        }
        if (args.length == 0) return refuse("COMMAND is missing");
        if (!isVersion(args[0])) err.print(USAGE);
        Optional<LogOptions> options = flags.read(args);
        return options.isPresent() ? BAD_FLAGS : flags.exitCode();
    }

    private static boolean isVersion(String word) {
        return word.replaceFirst("^--?", "").equals("version");
    }

    private static int words(String[] args) {
        try {
            return new GoFlags(GoFlags.command(NAME, new LogOptions()).getCommandSpec(), args)
                    .flagWords();
        } catch (FlagException e) {
            throw new AssertionError("was read before", e);
        }
    }

    private int refuse(String why) {
        err.println(NAME + ": " + why);
        err.print(USAGE);
        return BAD_FLAGS;
    }

    private int run(String command, Path dataPath, LogOptions options) {
        try (DataLock lock = DataLock.acquire(dataPath)) {
            List<TopicName> topics = options.topics(dataPath, LogInspection.topics(dataPath));
            return switch (command) {
                case "check" -> check(dataPath, topics);
                case "export" -> export(dataPath, topics, options.format());
                default -> repair(dataPath, topics);
            };
        } catch (StartException | IllegalArgumentException | UncheckedIOException e) {
            err.println(NAME + ": " + e.getMessage());
        } catch (IOException e) {
            err.println(NAME + ": " + e);
        }
        return FAILED;
    }

    private int check(Path dataPath, List<TopicName> topics) throws IOException {
        long damaged = 0;
        for (TopicName topic : topics) {
            LogInspection log = LogInspection.of(dataPath, topic, (entry, lsn) -> {});
            damaged += log.placeCount();
            out.printf(
                    "%s: %d segments, %d entries, %d messages",
                    topic, log.segments(), log.entries(), log.messages());
            boolean hasLsns = log.nextLsn() > log.firstLsn();
            if (hasLsns) out.printf(", lsn %d to %d", log.firstLsn(), log.nextLsn() - 1);
            out.println();
            for (Range gap : log.gaps()) {
                out.printf("%s: no segment has lsn %d to %d%n", topic, gap.from(), gap.until() - 1);
            }
            if (log.omitted() > 0) {
                out.printf("%s: %d entries were left out%n", topic, log.omitted());
            }
            for (DamagedPlace place : log.places()) out.printf("%s: damaged: %s%n", topic, place);
        }
        out.println(damaged == 0 ? "nothing is damaged" : damaged + " places are damaged");
        return damaged == 0 ? CLEAN : FAILED;
    }

    private int export(Path dataPath, List<TopicName> topics, LogOptions.Format format)
            throws IOException {
        long damaged = 0;
        for (TopicName topic : topics) {
            MessagePrinter printer = new MessagePrinter(topic, format, out);
            LogInspection log = LogInspection.of(dataPath, topic, printer::print);
            for (DamagedPlace place : log.places()) err.println(NAME + ": " + place);
            damaged += log.placeCount();
        }
        return damaged == 0 ? CLEAN : FAILED;
    }

    private int repair(Path dataPath, List<TopicName> topics) throws IOException {
        long left = 0;
        for (TopicName topic : topics) {
            left += new LogRepair(dataPath, topic, text -> out.println(topic + ": " + text)).run();
        }
        if (left > 0) out.println(left + " places are still damaged");
        return left == 0 ? CLEAN : FAILED;
    }
}
