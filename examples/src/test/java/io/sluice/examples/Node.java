package io.sluice.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the scripts in {@code examples/src/interop}. */
final class Node {
    private static final int PATIENCE_S = 60;
    private static final Path SCRIPTS =
            Path.of(System.getProperty("sluice.root"), "examples", "src", "interop");

    private Node() {}

    /** Starts a script whose output goes to a file. */
    static Process start(String script, String task, Path output) throws IOException {
        return new ProcessBuilder("node", script, task)
                .directory(SCRIPTS.toFile())
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Runs a script to its end and returns the lines it printed. */
    static List<String> run(String script, String task, String input) throws Exception {
        Path output = Files.createTempFile("node", ".out");
        Process process = start(script, task, output);
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        List<String> lines = await(process, output);
        Files.delete(output);
        return lines;
    }

    /** Waits for the end of a script and returns the lines it printed. */
    static List<String> await(Process process, Path output) throws Exception {
        boolean ended = process.waitFor(PATIENCE_S, TimeUnit.SECONDS);
        List<String> lines = Files.readAllLines(output);
        process.destroyForcibly();
        assertThat(ended)
                .as("ended within %s s, after printing %s lines", PATIENCE_S, lines.size())
                .isTrue();
        assertThat(process.exitValue()).isZero();
        return lines;
    }
}
