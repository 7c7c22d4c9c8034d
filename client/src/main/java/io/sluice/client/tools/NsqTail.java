package io.sluice.client.tools;

import io.sluice.daemon.LogFormat;
import io.sluice.daemon.LogLevel;
import io.sluice.daemon.ToolFlags;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** The command {@code nsq_tail}: prints the messages of topics to standard output. */
public final class NsqTail {
    private static final String NAME = "nsq_tail";
    private static final int DONE = 0;
    private static final int FAILED = 1;

    private NsqTail() {}

    /** Prints until a signal comes, or enough is printed. */
    public static void main(String[] args) {
        ToolFlags<TailOptions> flags =
                new ToolFlags<>(NAME, TailOptions::new, System.out, System.err);
        Optional<TailOptions> options = flags.read(args);
        int exitCode = options.isPresent() ? run(options.get(), System.err) : flags.exitCode();
        // At once, and not by way of the shutdown hook, which is for signals.
        Runtime.getRuntime().halt(exitCode);
    }

    private static int run(TailOptions options, PrintStream err) {
        LogFormat.install(err);
        LogFormat.configure("io.sluice.client", "", LogLevel.INFO);
        try {
            // Not System.out, which would not tell that nobody reads any more.
            return print(Tail.start(options, new FileOutputStream(FileDescriptor.out)));
        } catch (IllegalArgumentException e) {
            err.println(NAME + ": " + e.getMessage());
        } catch (CompletionException e) {
            err.println(NAME + ": " + e.getCause().getMessage());
        }
        return FAILED;
    }

    private static int print(Tail tail) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(tail), "stop"));
        try {
            tail.ended().join();
            return DONE;
        } finally {
            tail.stop();
        }
    }

    /** A JVM that a signal ends would exit with 143 otherwise. */
    private static void stop(Tail tail) {
        tail.stop();
        Runtime.getRuntime().halt(DONE);
    }
}
