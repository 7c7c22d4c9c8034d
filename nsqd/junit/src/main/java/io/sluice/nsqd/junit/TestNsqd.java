package io.sluice.nsqd.junit;

import io.sluice.daemon.Launcher;
import io.sluice.daemon.Running;
import io.sluice.lookupd.Lookupd;
import io.sluice.nsqd.Nsqd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A running nsqd, and the lookup node that knows it when the test asked for one. */
public final class TestNsqd implements AutoCloseable {
    private static final String[] ON_LOOPBACK = {
        "--tcp-address=127.0.0.1:0",
        "--http-address=127.0.0.1:0",
        "--broadcast-address=127.0.0.1",
        "--log-level=error"
    };

    private final Path folder;
    private final Running lookupd;
    private final Running nsqd;

    private TestNsqd(Path folder, Running lookupd, Running nsqd) {
        this.folder = folder;
        this.lookupd = lookupd;
        this.nsqd = nsqd;
    }

    /** Starts one for who does without the annotation. */
    public static TestNsqd start(boolean withLookupd, String... flags) {
        try {
            Path folder = Files.createTempDirectory("nsqd");
            Running lookupd = withLookupd ? Launcher.start(new Lookupd(), ON_LOOPBACK) : null;
            List<String> words = new ArrayList<>(List.of(ON_LOOPBACK));
            words.add("--data-path=" + folder);
            if (withLookupd) words.add("--lookupd-tcp-address=" + lookupd.tcp());
            words.addAll(List.of(flags));
            Running nsqd = Launcher.start(new Nsqd(), words.toArray(String[]::new));
            return new TestNsqd(folder, lookupd, nsqd);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code host:port} for clients. */
    public String tcpAddress() {
        return nsqd.tcp().toString();
    }

    /** {@code host:port} of its HTTP API. */
    public String httpAddress() {
        return nsqd.http().toString();
    }

    /** {@code host:port} of the lookup node; IllegalStateException when there is none. */
    public String lookupdHttpAddress() {
        if (lookupd == null) throw new IllegalStateException("say @WithNsqd(lookupd = true)");
        return lookupd.http().toString();
    }

    /** Stops it and deletes its data. */
    @Override
    public void close() {
        nsqd.stop();
        if (lookupd != null) lookupd.stop();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
