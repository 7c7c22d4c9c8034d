package io.sluice.daemon;

import io.sluice.daemon.GoFlags.Given;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** From the words of a command line to a daemon that runs, and from a signal to its end. */
public final class Launcher {
    private static final int STOPPED = 0;
    private static final int CANNOT_START = 1;
    private static final int CANNOT_STOP = 1;
    private static final int BAD_FLAGS = 2;
    private static final long START_PATIENCE_S = 10;

    private final PrintStream out;
    private final PrintStream err;

    /** Prints what was asked for to {@code out}, and the usage and complaints to {@code err}. */
    Launcher(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /**
     * The whole life of a process that is one daemon. Takes the daemon unmade, as in {@code
     * Launcher.main(Nsqd::new, args)}: it may have loggers, and the log has to be set up before.
     */
    public static <O extends DaemonOptions> void main(
            Supplier<? extends Daemon<O>> daemon, String... args) {
        LogFormat.install(System.err);
        CompletableFuture<Running> running = new CompletableFuture<>();
        stopOnSignal(running);
        Daemon<O> made = daemon.get();
        Launched launched = new Launcher(System.out, System.err).launch(made, args);
        running.complete(launched.running());
        if (launched.running() == null) System.exit(launched.exitCode());
        Signals.handle(List.of("HUP"), () -> reload(made, launched.running(), args));
    }

    /**
     * Lets SIGTERM and SIGINT stop the daemon and end with 0. Not by a shutdown hook: while those
     * run, libraries that a daemon needs to stop may have begun to shut themselves down, or cannot
     * be loaded any more. A second signal finds the stop under way and changes nothing. One that
     * comes while the daemon starts waits for it a while.
     */
    private static void stopOnSignal(CompletableFuture<Running> running) {
        AtomicBoolean stopping = new AtomicBoolean();
        Signals.handle(
                List.of("TERM", "INT"),
                () -> {
                    if (stopping.compareAndSet(false, true)) stop(running);
                });
    }

    private static void stop(CompletableFuture<Running> running) {
        try {
            Running daemon = running.get(START_PATIENCE_S, TimeUnit.SECONDS);
            if (daemon != null) daemon.stop();
            Runtime.getRuntime().halt(STOPPED);
        } catch (Exception e) {
            System.err.println("cannot stop: " + e);
            Runtime.getRuntime().halt(CANNOT_STOP);
        }
    }

    /**
     * Reads the configuration file anew, and the files that options name; what is wrong with one of
     * them is logged, and nothing changes.
     */
    static <O extends DaemonOptions> void reload(
            Daemon<O> daemon, Running running, String... args) {
        reloadOptions(daemon, running, args);
        running.reread();
    }

    private static <O extends DaemonOptions> void reloadOptions(
            Daemon<O> daemon, Running running, String... args) {
        System.Logger log = System.getLogger(daemon.getClass().getPackageName());
        O options = daemon.options();
        CommandLine command = GoFlags.command(daemon.name(), options);
        GoFlags flags = new GoFlags(command.getCommandSpec(), args);
        command.parseArgs(words(flags.given().stream()));
        if (options.common().config == null || running.options() == null) {
            log.log(System.Logger.Level.INFO, "reload: there is no configuration file");
            return;
        }
        try {
            complete(daemon, options, command, flags);
            running.options().reload(command.getCommandSpec());
        } catch (StartException e) {
            log.log(System.Logger.Level.ERROR, "reload: nothing is changed: " + e.getMessage());
        }
    }

    /** What a launch has come to: a running daemon, or null and the exit code. */
    record Launched(int exitCode, Running running) {}

    /** Reads, checks and starts; all that can go wrong has been printed when it returns. */
    <O extends DaemonOptions> Launched launch(Daemon<O> daemon, String... args) {
        O options = daemon.options();
        CommandLine command = GoFlags.command(daemon.name(), options);
        GoFlags flags;
        try {
            flags = new GoFlags(command.getCommandSpec(), args);
            command.parseArgs(words(flags.given().stream()));
        } catch (FlagException | ParameterException e) {
            err.println(e.getMessage());
            err.print(Usage.of(defaults(daemon)));
            return new Launched(BAD_FLAGS, null);
        }
        if (flags.helpAsked()) {
            err.print(Usage.of(defaults(daemon)));
            return new Launched(STOPPED, null);
        }
        if (options.common().version) {
            out.println(Version.line(daemon.name()));
            return new Launched(STOPPED, null);
        }
        return launch(daemon, options, command, flags);
    }

    private static <O extends DaemonOptions> Launched launch(
            Daemon<O> daemon, O options, CommandLine command, GoFlags flags) {
        String packageName = daemon.getClass().getPackageName();
        configureLog(daemon, options);
        try {
            return new Launched(STOPPED, start(daemon, options, command, flags));
        } catch (StartException e) {
            LogFormat.fatal(packageName, e.getMessage(), null);
        } catch (RuntimeException | Error e) {
            // An error, too, must not leave a process behind that does nothing and never ends.
            LogFormat.fatal(packageName, "cannot start: " + e, e);
        }
        return new Launched(CANNOT_START, null);
    }

    /**
     * Starts a daemon on behalf of another program, with flags as on its command line.
     *
     * @throws StartException when it cannot
     */
    public static <O extends DaemonOptions> Running start(Daemon<O> daemon, String... args) {
        O options = daemon.options();
        CommandLine command = GoFlags.command(daemon.name(), options);
        try {
            GoFlags flags = new GoFlags(command.getCommandSpec(), args);
            command.parseArgs(words(flags.given().stream()));
            return start(daemon, options, command, flags);
        } catch (FlagException | ParameterException e) {
            throw new StartException(e.getMessage(), e);
        }
    }

    private static <O extends DaemonOptions> Running start(
            Daemon<O> daemon, O options, CommandLine command, GoFlags flags) {
        String packageName = daemon.getClass().getPackageName();
        complete(daemon, options, command, flags);
        configureLog(daemon, options);
        System.getLogger(packageName).log(System.Logger.Level.INFO, Version.line(daemon.name()));
        Running running = daemon.start(options);
        running.listening().forEach((kind, address) -> listening(packageName, kind, address));
        return running;
    }

    private static void listening(String packageName, String kind, ListenAddress address) {
        System.getLogger(packageName)
                .log(System.Logger.Level.INFO, kind + ": listening on " + address);
    }

    private static <O extends DaemonOptions> void configureLog(Daemon<O> daemon, O options) {
        String given = options.common().logPrefix;
        String prefix = given == null ? "[" + daemon.name() + "] " : given;
        LogFormat.configure(
                daemon.getClass().getPackageName(), prefix, options.common().logLevel());
    }

    /** Fills the options for good: the file under the command line; then says no if it must. */
    private static <O extends DaemonOptions> void complete(
            Daemon<O> daemon, O options, CommandLine command, GoFlags flags) {
        if (options.common().config != null) {
            ConfigFile file = new ConfigFile(options.common().config);
            List<Given> fromFile = file.given(command.getCommandSpec());
            try {
                command.parseArgs(words(fromFile.stream()));
            } catch (ParameterException e) {
                throw file.badValue((OptionSpec) e.getArgSpec(), e);
            }
            Stream<Given> under = fromFile.stream().filter(given -> !has(flags, given.option()));
            command.parseArgs(words(Stream.concat(under, flags.given().stream())));
        }
        options.validate();
    }

    private static boolean has(GoFlags flags, OptionSpec option) {
        return flags.given().stream().anyMatch(given -> given.option() == option);
    }

    private static String[] words(Stream<Given> given) {
        return given.map(Given::word).toArray(String[]::new);
    }

    private static CommandLine defaults(Daemon<?> daemon) {
        CommandLine defaults = GoFlags.command(daemon.name(), daemon.options());
        defaults.parseArgs();
        return defaults;
    }
}
