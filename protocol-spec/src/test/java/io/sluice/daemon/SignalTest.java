package io.sluice.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What only a process of its own can show: signals and exit codes. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SignalTest {
    private Process process;

    private BufferedReader start(String... args) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        PondMain.class.getName());
        builder.command().addAll(List.of(args));
        process = builder.redirectErrorStream(true).start();
        return new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    }

    @AfterEach
    void kill() {
        process.destroyForcibly();
    }

    private static String await(BufferedReader log, String text) throws IOException {
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            if (line.contains(text)) return line;
        }
        throw new AssertionError("the process ended without saying " + text);
    }

    @Test
    void aSignalStopsItWithZeroAndItsLastWordsAreHeard() throws Exception {
        BufferedReader log = start();
        await(log, "TCP: listening on");
        process.toHandle().destroy();
        assertThat(await(log, "the pond is closed")).startsWith("[pond] ");
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void aSecondSignalChangesNothing() throws Exception {
        BufferedReader log = start();
        await(log, "TCP: listening on");
        process.toHandle().destroy();
        process.toHandle().destroy();
        await(log, "the pond is closed");
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void aDaemonThatCannotStartEndsWithOne() throws Exception {
        BufferedReader log = start("--node-id=-1");
        assertThat(await(log, "FATAL")).endsWith("FATAL: --node-id must be [0,1024)");
        assertThat(process.waitFor()).isEqualTo(1);
    }

    @Test
    void aHangUpReadsTheConfigurationFileAnew(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("pond.toml"), "msg_timeout = \"1s\"");
        BufferedReader log = start("--config=" + file);
        await(log, "TCP: listening on");
        Files.writeString(file, "msg_timeout = \"2s\"");
        new ProcessBuilder("kill", "-HUP", String.valueOf(process.pid())).start().waitFor();
        await(log, "reload: --msg-timeout is PT2S now");
        process.toHandle().destroy();
        assertThat(process.waitFor()).isZero();
    }
}
