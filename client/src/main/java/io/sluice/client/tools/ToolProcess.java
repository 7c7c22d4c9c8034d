package io.sluice.client.tools;

import io.sluice.daemon.LogFormat;
import io.sluice.daemon.LogLevel;
import io.sluice.daemon.Signals;
import io.sluice.daemon.ToolFlags;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Supplier;

/** A tool as a process: flags in, signals obeyed, an exit code out. */
final class ToolProcess {
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final String PACKAGE = "io.sluice.client";

    private final String name;
    private final PrintStream err;

    private ToolProcess(String name, PrintStream err) {
        this.name = name;
        this.err = err;
    }

    /**
     * Runs the tool of this name to its end, which is also the end of the JVM.
     *
     * @param unset makes options at their defaults
     * @param start begins the work; throws IllegalArgumentException for options that do not go
     */
    static <O> void run(String name, Supplier<O> unset, Function<O, Job> start, String... args) {
        run(name, new ToolFlags<>(name, unset, System.out, System.err), start, args);
    }

    /** As the other, by these flags. */
    static <O> void run(String name, ToolFlags<O> flags, Function<O, Job> start, String... args) {
        Optional<O> options = flags.read(args);
        int exitCode =
                options.isPresent()
                        ? new ToolProcess(name, System.err).run(() -> start.apply(options.get()))
                        : flags.exitCode();
        System.out.flush();
        Runtime.getRuntime().halt(exitCode);
    }

    private int run(Supplier<Job> start) {
        LogFormat.install(err);
        LogFormat.configure(PACKAGE, "", LogLevel.INFO);
        try {
            Job job = start.get();
            Signals.handle(List.of("INT", "TERM"), () -> stop(job));
            Signals.handle(List.of("HUP"), job::hangUp);
            return await(job);
        } catch (IllegalArgumentException e) {
            err.println(name + ": " + e.getMessage());
            return FAILED;
        }
    }

    private int await(Job job) {
        try {
            job.ended().join();
            return DONE;
        } catch (CompletionException e) {
            err.println(name + ": " + Failure.words(e));
            return FAILED;
        } finally {
            job.stop();
        }
    }

    /** Not by way of a shutdown hook: while those run, the log is silent. */
    private static void stop(Job job) {
        job.stop();
        int exitCode = job.ended().isCompletedExceptionally() ? FAILED : DONE;
        Runtime.getRuntime().halt(exitCode);
    }
}
