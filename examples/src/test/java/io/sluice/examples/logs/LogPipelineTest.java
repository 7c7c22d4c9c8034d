package io.sluice.examples.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.examples.Pipeline;
import io.sluice.examples.logs.FakeElasticsearch.Fate;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The log pipeline as processes that are killed at random moments, {@code -Drounds=50} times, while
 * logs grow and are rotated and the index refuses, throttles and dies: every line is indexed or
 * rejected, and archived. {@code -Dseed=N} repeats the moments.
 */
class LogPipelineTest {
    private static final int ROUNDS = Integer.getInteger("rounds", 1);
    private static final long SEED = Long.getLong("seed", 1);
    private static final int LINES = 200;
    private static final int MAX_PAUSE_MS = 300;
    private static final int MAX_WAIT_MS = 10_000;

    @TempDir Path folder;

    private final Random random = new Random(SEED);

    /** The index's own, whose requests come when they come. */
    private final Random luck = new Random(SEED);

    private final Map<Class<?>, Process> processes = new HashMap<>();
    private final List<String> lines = new ArrayList<>();

    @AfterEach
    void end() {
        processes.values().forEach(Process::destroyForcibly);
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void everyLineArrivesEverywhere() throws Exception {
        Path log = folder.resolve("app.log");
        Path archive = Files.createDirectory(folder.resolve("archive"));
        try (Pipeline queue = new Pipeline("logs", "index", "archive");
                FakeElasticsearch index = new FakeElasticsearch(this::fate, 5, luck).start()) {
            Map<Class<?>, List<String>> programs =
                    Map.of(
                            ShipLogs.class,
                            List.of(queue.nsqd(), "logs", folder + "/positions", log.toString()),
                            IndexLogs.class,
                            List.of(queue.lookupd(), queue.nsqd(), "logs", "index", index.url()),
                            ArchiveLogs.class,
                            List.of(queue.lookupd(), "logs", "archive", archive + "", "PT0.1S"));
            for (int round = 0; round < ROUNDS; round++) {
                for (Class<?> program : programs.keySet()) run(program, programs.get(program));
                grow(log);
                // At any moment of the work, or when there is none: they may not have started yet.
                awaitSome(index, random.nextInt(2 * LINES));
                pause(random.nextInt(MAX_PAUSE_MS));
                if (random.nextBoolean()) grow(log);
                if (random.nextInt(3) == 0) {
                    index.die();
                    index.start();
                }
                for (Process process : processes.values()) {
                    if (random.nextInt(3) > 0) process.destroyForcibly().waitFor();
                }
            }
            for (Class<?> program : programs.keySet()) run(program, programs.get(program));
            awaitAll("archived", () -> archived(archive));
            awaitAll("indexed", () -> indexed(index, queue));
        }
    }

    private static void awaitSome(FakeElasticsearch index, int lines) {
        int enough = index.messagesById().size() + lines;
        long untilNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MAX_WAIT_MS);
        while (index.messagesById().size() < enough && System.nanoTime() < untilNs) pause(10);
    }

    private interface Lines {
        Set<String> read() throws Exception;
    }

    private void awaitAll(String what, Lines where) throws Exception {
        for (Set<String> found = where.read(); !found.containsAll(lines); found = where.read()) {
            assertThat(processes.values()).as("%s, seed %s", what, SEED).allMatch(Process::isAlive);
            pause(50);
        }
    }

    private Fate fate(String line) {
        if (line.contains("unwanted")) return Fate.REFUSED;
        return luck.nextInt(20) == 0 ? Fate.BUSY : Fate.TAKEN;
    }

    /** What is indexed, and what is in the topic of what never will be. */
    private static Set<String> indexed(FakeElasticsearch index, Pipeline queue) {
        Set<String> found = new HashSet<>(index.messagesById().values());
        found.addAll(queue.rejected());
        return found;
    }

    private static Set<String> archived(Path archive) throws IOException {
        Set<String> found = new HashSet<>();
        try (Stream<Path> files = Files.list(archive)) {
            for (Path file :
                    files.filter(f -> !f.getFileName().toString().startsWith(".")).toList()) {
                try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
                    String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                    found.addAll(text.lines().toList());
                }
            }
        }
        return found;
    }

    /** More lines, some of which cannot be indexed; at times in a new file. */
    private void grow(Path log) throws IOException {
        if (random.nextInt(3) == 0 && Files.exists(log)) {
            Files.move(log, log.resolveSibling("app.log." + lines.size()));
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < LINES; i++) {
            String line = "line " + lines.size() + (random.nextInt(50) == 0 ? " unwanted" : "");
            lines.add(line);
            text.append(line).append('\n');
        }
        Files.writeString(log, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** The moment of a kill, or of another look. */
    private static void pause(int ms) {
        long untilNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ms);
        while (System.nanoTime() < untilNs) LockSupport.parkNanos(untilNs - System.nanoTime());
    }

    /** Starts a program unless it runs. */
    private void run(Class<?> program, List<String> args) throws IOException {
        Process running = processes.get(program);
        if (running != null && running.isAlive()) return;
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp"));
        command.addAll(List.of(System.getProperty("java.class.path"), program.getName()));
        command.addAll(args);
        Path output = folder.resolve(program.getSimpleName() + ".out");
        processes.put(
                program,
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                        .start());
    }
}
