package io.sluice.admin.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.admin.Admin;
import io.sluice.daemon.HostAndPort;
import io.sluice.daemon.Launcher;
import io.sluice.daemon.Running;
import io.sluice.lookupd.Lookupd;
import io.sluice.nsqd.Nsqd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The page in a real Chromium, driven by the scripts in {@code src/browser}, with real daemons
 * behind it. Screenshots go to {@code target/screenshots}.
 */
@Tag("browser")
class BrowserTest {
    private static final Path SCRIPTS = Path.of("src", "browser");
    private static final Path SHOTS = Path.of("target", "screenshots").toAbsolutePath();
    private static final Pattern LISTENING = Pattern.compile("HTTP: listening on (\\S+)");
    private static final int PATIENCE_MINUTES = 5;

    private static final Deque<Running> STARTED = new ArrayDeque<>();
    private static final Map<String, String> ENV = new HashMap<>();

    @TempDir static Path folder;

    private static Process alone;

    @BeforeAll
    static void start() throws IOException {
        Files.createDirectories(SHOTS);
        Running first = lookupd();
        Running second = lookupd();
        Running one = nsqd("one", first, second);
        Running two = nsqd("two", first, second);
        String lookups =
                "--lookupd-http-address="
                        + first.http()
                        + " --lookupd-http-address="
                        + second.http();
        alone = process(first, second);
        Running many = nsqd("many");
        ENV.put("ADMIN", admin(lookups));
        ENV.put("GUARDED", admin(lookups + " --admin-user=ann"));
        // Of two lookup nodes that it asks, one knows no daemon.
        String split = "--lookupd-http-address=" + lookupd().http();
        ENV.put("SPLIT", admin(split + " --lookupd-http-address=" + first.http()));
        ENV.put("MANY", admin("--nsqd-http-address=" + many.http()));
        ENV.put("LOOKUP", first.http().toString());
        ENV.put("NSQD_ONE", one.http().toString());
        ENV.put("NSQD_ONE_TCP", one.tcp().toString());
        ENV.put("NSQD_TWO", two.http().toString());
        ENV.put("NSQD_TWO_TCP", two.tcp().toString());
        ENV.put("NSQD_MANY", many.http().toString());
        ENV.put("NSQD_THREE", address(alone).toString());
        ENV.put("NSQD_THREE_PID", Long.toString(alone.pid()));
        ENV.put("SHOTS", SHOTS.toString());
    }

    @AfterAll
    static void stop() {
        if (alone != null) alone.destroyForcibly();
        STARTED.forEach(Running::stop);
    }

    private static String admin(String flags) {
        String words = flags + " --log-level=error --http-address=127.0.0.1:0";
        return started(Launcher.start(new Admin(), words.split(" "))).http().toString();
    }

    private static Running lookupd() {
        return started(
                Launcher.start(
                        new Lookupd(),
                        "--log-level=error",
                        "--tcp-address=127.0.0.1:0",
                        "--http-address=127.0.0.1:0",
                        "--broadcast-address=127.0.0.1"));
    }

    private static Running nsqd(String name, Running... lookups) throws IOException {
        List<String> words = flags(name, lookups);
        words.add("--log-level=error");
        return started(Launcher.start(new Nsqd(), words.toArray(String[]::new)));
    }

    private static List<String> flags(String name, Running... lookups) throws IOException {
        List<String> words = new ArrayList<>();
        words.add("--tcp-address=127.0.0.1:0");
        words.add("--http-address=127.0.0.1:0");
        words.add("--broadcast-address=127.0.0.1");
        words.add("--e2e-processing-latency-percentile=1.0,0.99,0.95");
        words.add("--data-path=" + Files.createDirectory(folder.resolve(name)));
        for (Running lookup : lookups) words.add("--lookupd-tcp-address=" + lookup.tcp());
        return words;
    }

    private static Running started(Running running) {
        STARTED.push(running);
        return running;
    }

    /** A daemon in a process of its own, which can be stopped. */
    private static Process process(Running... lookups) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                Stream.of(System.getProperty("test.jvm.options", "").trim().split("\\s+"))
                        .filter(word -> !word.isEmpty())
                        .toList());
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(io.sluice.nsqd.Main.class.getName());
        command.addAll(flags("three", lookups));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("three.log").toFile())
                .start();
    }

    private static HostAndPort address(Process process) throws IOException {
        long endNs = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (process.isAlive() && System.nanoTime() < endNs) {
            Matcher line = LISTENING.matcher(Files.readString(folder.resolve("three.log")));
            if (line.find()) return HostAndPort.parse(line.group(1));
            Thread.onSpinWait();
        }
        throw new AssertionError(Files.readString(folder.resolve("three.log")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"pages.test.js", "journeys.test.js", "actions.test.js", "trouble.test.js"})
    void theScriptPasses(String script) throws Exception {
        ProcessBuilder node = new ProcessBuilder("node", "--test", script);
        node.directory(SCRIPTS.toFile()).redirectErrorStream(true);
        node.environment().putAll(ENV);
        Path output = Path.of("target", script + ".log");
        Process process = node.redirectOutput(output.toFile()).start();
        boolean ended = process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
        process.destroyForcibly();
        String said = Files.readString(output);
        assertThat(ended).as(said).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
    }
}
