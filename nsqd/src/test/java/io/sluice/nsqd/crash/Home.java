package io.sluice.nsqd.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A data path, on which one daemon lives after the other. When a test fails it shows what they
 * printed and leaves their files.
 */
final class Home implements BeforeEachCallback, AfterEachCallback {
    /** Of so many daemons the output is kept. */
    private static final int LAST_DAEMONS = 3;

    private final List<String> jvmOptions;
    private final Deque<NsqdProcess> daemons = new ArrayDeque<>();
    private Path dataPath;

    /** Its daemons' JVMs get these options besides those that they need. */
    Home(String... jvmOptions) {
        this.jvmOptions = List.of(jvmOptions);
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        Path target = Files.createDirectories(Path.of("target", "crash"));
        dataPath = Files.createTempDirectory(target.toAbsolutePath(), "nsqd");
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        killAll();
        if (context.getExecutionException().isPresent()) {
            for (NsqdProcess daemon : daemons) System.err.println(daemon.output());
            System.err.println("its files are left in " + dataPath);
            return;
        }
        clear();
        Files.delete(dataPath);
    }

    Path dataPath() {
        return dataPath;
    }

    /** Starts a daemon, where there is none, and waits until it is ready. */
    NsqdProcess start(String... flags) {
        return launch(flags).awaitReady();
    }

    /** Starts a daemon, where there is none, and does not wait. */
    NsqdProcess launch(String... flags) {
        NsqdProcess daemon = NsqdProcess.launch(dataPath, jvmOptions, List.of(flags));
        daemons.add(daemon);
        if (daemons.size() > LAST_DAEMONS) daemons.remove().close();
        return daemon;
    }

    /** The daemon that was started last. */
    NsqdProcess last() {
        return daemons.getLast();
    }

    /** No daemon is left after this. */
    void killAll() {
        daemons.forEach(NsqdProcess::close);
    }

    /** Deletes all files. */
    void clear() throws IOException {
        try (Stream<Path> all = Files.walk(dataPath)) {
            all.filter(path -> !path.equals(dataPath))
                    .sorted(Comparator.reverseOrder())
                    .forEach(Home::delete);
        }
    }

    private static void delete(Path path) {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
