package io.sluice.nsqd.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.daemon.HostAndPort;
import io.sluice.nsqd.Main;
import io.sluice.nsqd.blackbox.TestClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A daemon in a process of its own, on free ports of loopback. */
final class NsqdProcess implements AutoCloseable {
    /** The program of another nsqd; null for Sluice's. */
    private static final String FOREIGN = System.getProperty("sluice.nsqd.command");

    /** What a launcher or a manifest would give to the JVM. */
    private static final String JVM_OPTIONS = System.getProperty("sluice.nsqd.jvm.options", "");

    private static final Pattern OURS =
            Pattern.compile(
                    "--(durability|mem-queue-bytes|min-free-disk|max-backlog|backlog-|max-open"
                            + "|event-)"
                            + ".*");
    private static final Pattern LISTENING = Pattern.compile("(TCP|HTTP): listening on (\\S+)");
    private static final int PATIENCE_S = 60;
    private static final int LAST_LINES = 60;

    private final List<String> command;
    private final Process process;
    private final Deque<String> lastLines = new ArrayDeque<>();
    private final CompletableFuture<HostAndPort> tcp = new CompletableFuture<>();
    private final CompletableFuture<HostAndPort> http = new CompletableFuture<>();

    private NsqdProcess(List<String> command, Process process) {
        this.command = command;
        this.process = process;
    }

    /** True when it is not Sluice that is tried. */
    static boolean isForeign() {
        return FOREIGN != null;
    }

    /** Starts one and does not wait until it is ready. */
    static NsqdProcess launch(Path dataPath, List<String> jvmOptions, List<String> flags) {
        List<String> command = new ArrayList<>();
        if (isForeign()) command.add(FOREIGN);
        else command.addAll(java(jvmOptions));
        command.add("--tcp-address=127.0.0.1:0");
        command.add("--http-address=127.0.0.1:0");
        command.add("--broadcast-address=127.0.0.1");
        command.add("--data-path=" + dataPath);
        command.addAll(isForeign() ? understood(flags) : flags);
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            NsqdProcess nsqd = new NsqdProcess(command, process);
            Thread reader = new Thread(nsqd::readOutput, "output of " + process.pid());
            reader.setDaemon(true);
            reader.start();
            return nsqd;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> java(List<String> jvmOptions) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        Stream.of(JVM_OPTIONS.split("\\s+")).filter(o -> !o.isEmpty()).forEach(words::add);
        words.addAll(jvmOptions);
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        return words;
    }

    /** Without our flags, but as durable as NSQ can be where they ask for that. */
    private static List<String> understood(List<String> flags) {
        List<String> known = new ArrayList<>();
        for (String flag : flags) if (!OURS.matcher(flag).matches()) known.add(flag);
        if (flags.stream().anyMatch(flag -> flag.matches("--durability=(os|fsync)"))) {
            known.addAll(List.of("--mem-queue-size=0", "--sync-every=1"));
        }
        return known;
    }

    private void readOutput() {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                keep(line);
                Matcher matcher = LISTENING.matcher(line);
                if (!matcher.find()) continue;
                HostAndPort address = HostAndPort.parse(matcher.group(2));
                (matcher.group(1).equals("TCP") ? tcp : http).complete(address);
            }
        } catch (IOException e) {
            keep("its output cannot be read: " + e);
        }
        AssertionError ended = new AssertionError("it ended\n" + output());
        tcp.completeExceptionally(ended);
        http.completeExceptionally(ended);
    }

    private void keep(String line) {
        if (line.contains("INFO: 200 GET /stats")) return; // of a test that waits
        synchronized (lastLines) {
            lastLines.add(line);
            if (lastLines.size() > LAST_LINES) lastLines.remove();
        }
    }

    /** Its command line and the end of what it has printed. */
    String output() {
        synchronized (lastLines) {
            String pid = "pid " + process.pid() + ": ";
            // The class path is of no interest.
            List<String> flags =
                    command.subList(isForeign() ? 0 : command.size() - 4, command.size());
            return pid + String.join(" ", flags) + "\n" + String.join("\n", lastLines);
        }
    }

    /** Waits until it listens everywhere. */
    NsqdProcess awaitReady() {
        tcp();
        http();
        return this;
    }

    HostAndPort tcp() {
        return await(tcp);
    }

    HostAndPort http() {
        return await(http);
    }

    private HostAndPort await(CompletableFuture<HostAndPort> address) {
        try {
            return address.get(PATIENCE_S, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("not ready after " + PATIENCE_S + " s\n" + output(), e);
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    TestClient connect() {
        return TestClient.connect(tcp());
    }

    Api api() {
        return new Api(http());
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** True when it ends by itself within this time. */
    boolean endsWithin(long ms) {
        try {
            return process.waitFor(ms, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    /** SIGKILL; returns when it is gone. */
    void kill() {
        // Of the handle: the process itself would close its output, too early for us.
        process.toHandle().destroyForcibly();
        exitCode();
    }

    /** SIGTERM; does not wait. */
    void terminate() {
        process.toHandle().destroy();
    }

    /** SIGINT; does not wait. */
    void interrupt() {
        assertThat(Shell.run("kill", "-INT", Long.toString(pid())).exitCode()).isZero();
    }

    /** SIGTERM, upon which it has to end with 0. */
    void stop() {
        terminate();
        assertThat(exitCode()).as("exit code of %s", output()).isZero();
    }

    /** Waits for the end. */
    int exitCode() {
        assertThat(endsWithin(TimeUnit.SECONDS.toMillis(PATIENCE_S)))
                .as("ended within %d s: %s", PATIENCE_S, output())
                .isTrue();
        return process.exitValue();
    }

    @Override
    public void close() {
        kill();
    }
}
