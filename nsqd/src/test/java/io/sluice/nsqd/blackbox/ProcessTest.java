package io.sluice.nsqd.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.daemon.HostAndPort;
import io.sluice.nsqd.Main;
import io.sluice.protocol.TopicName;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The daemon as a process: what it prints and how it ends. One process at a time: a JVM that starts
 * leaves little to the tests beside it.
 */
@OwnDaemonOnly("starts processes")
class ProcessTest {
    private static final int PATIENCE_S = 60;
    private static final Pattern LISTENING = Pattern.compile("(TCP|HTTP): listening on (\\S+)");
    private static final TopicName TOPIC = new TopicName("topic");

    @TempDir Path directory;

    private Process start(String... flags) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(Main.class.getName());
        command.addAll(Arrays.asList(flags));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        return builder.redirectErrorStream(true).start();
    }

    private Process startOnAnyPort(String... flags) throws IOException {
        List<String> all = new ArrayList<>(List.of(flags));
        all.addAll(List.of("--tcp-address=127.0.0.1:0", "--http-address=127.0.0.1:0"));
        return start(all.toArray(String[]::new));
    }

    private static BufferedReader output(Process process) {
        return new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Reads the log until it has said where it listens: for TCP first, then for HTTP. */
    private static List<HostAndPort> listening(BufferedReader output) throws IOException {
        List<HostAndPort> addresses = new ArrayList<>();
        StringBuilder seen = new StringBuilder();
        while (addresses.size() < 2) {
            String line = output.readLine();
            if (line == null) throw new AssertionError("ended with " + seen);
            seen.append(line).append('\n');
            Matcher matcher = LISTENING.matcher(line);
            if (matcher.find()) addresses.add(HostAndPort.parse(matcher.group(2)));
        }
        return addresses;
    }

    private static int exitCode(Process process) throws InterruptedException {
        try {
            assertThat(process.waitFor(PATIENCE_S, TimeUnit.SECONDS)).as("ended").isTrue();
            return process.exitValue();
        } finally {
            // Of the handle: the process itself would close its output, too early for us.
            process.toHandle().destroyForcibly();
        }
    }

    /** Runs a command that ends by itself; its output, which a pipe can hold, must match. */
    private void expect(int exitCode, String output, String... flags) throws Exception {
        Process process = start(flags);
        assertThat(exitCode(process)).isEqualTo(exitCode);
        String all = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(all).containsPattern(output);
    }

    @Test
    void itSaysItsVersion() throws Exception {
        expect(0, "^nsqd v1\\.\\S+ \\(built w/java\\S+\\)\n$", "--version");
    }

    @Test
    void anUnknownFlagIsShownWithTheKnownOnes() throws Exception {
        expect(
                2,
                "(?s)^flag provided but not defined: -{1,2}no-such-flag\n.*-mem-queue-size",
                "--no-such-flag=1");
    }

    @Test
    void aValueThatIsNotAllowedIsRefused() throws Exception {
        expect(1, "--node-id.*1024", "--node-id=1024");
    }

    @Test
    void anAddressThatIsTakenIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + taken.getLocalPort();
            expect(
                    1,
                    address + " \\(--tcp-address\\).*in use",
                    "--tcp-address=" + address,
                    "--http-address=127.0.0.1:0");
            expect(
                    1,
                    address + " \\(--http-address\\).*in use",
                    "--tcp-address=127.0.0.1:0",
                    "--http-address=" + address);
        }
    }

    @Test
    void flagsMayStandInAFile() throws Exception {
        Path config = directory.resolve("nsqd.toml");
        Files.writeString(config, "mem_queue_size = 1\n");
        Process process = startOnAnyPort("--config=" + config);
        try (BufferedReader output = output(process);
                TestClient client = TestClient.connect(listening(output).get(0))) {
            TopicName ephemeral = Target.newEphemeralTopic();
            client.subscribe(ephemeral, Target.CHANNEL, 0).publish(ephemeral, "a");
            client.write("PUB " + ephemeral + "\n", 1, "b");
            client.expectFatal(
                    "E_PUB_FAILED PUB failed channel "
                            + ephemeral
                            + ":c holds 1 messages and has no room for 1, limit 1"
                            + " (--mem-queue-size)");
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void aSignalEndsItProperly() throws Exception {
        Process process = startOnAnyPort();
        try (BufferedReader output = output(process);
                TestClient client = TestClient.connect(listening(output).get(0))) {
            client.publish(TOPIC, "m").subscribe(TOPIC, Target.CHANNEL, 1).message("m");
            process.destroy();
            client.expectClosed();
            assertThat(exitCode(process)).isZero();
        }
    }
}
