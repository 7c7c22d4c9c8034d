package io.sluice.client.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * nsq_to_file as a process that is killed at random moments, {@code -Drounds=50} times: every
 * message is in its files. {@code -Dseed=N} repeats the moments.
 */
class ToFileKillTest {
    private static final int ROUNDS = Integer.getInteger("rounds", 1);
    private static final long SEED = Long.getLong("seed", 1);
    private static final int LINES = 400;
    private static final int MAX_PAUSE_MS = 100;
    private static final int MAX_WAIT_MS = 5_000;

    @TempDir Path dataPath;
    @TempDir Path folder;

    private final Random random = new Random(SEED);

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void everyMessageIsInTheFiles() throws Exception {
        try (ToolRig rig = new ToolRig(dataPath)) {
            int published = 0;
            for (int round = 0; round < ROUNDS; round++) {
                // Each kind of file has its rounds.
                Process tool = start(rig, (round + 1) % 3);
                rig.publishAll("killed", lines(published));
                published += LINES;
                // At any moment of the work, or when there is none.
                awaitSome(rig, random.nextInt(2 * LINES));
                pause(random.nextInt(MAX_PAUSE_MS));
                tool.destroyForcibly().waitFor();
            }
            Process last = start(rig, 0);
            rig.publishAll("killed", lines(published));
            published += LINES;
            int all = published;
            ToolRig.await(() -> rig.isDone("killed", "nsq_to_file", all));
            last.destroy();
            assertThat(last.waitFor()).isZero();
            Set<String> found = found();
            List<String> missing =
                    IntStream.range(0, all)
                            .mapToObj(ToFileKillTest::line)
                            .filter(line -> !found.contains(line))
                            .toList();
            assertThat(missing).as("seed %s", SEED).isEmpty();
        }
    }

    private static void awaitSome(ToolRig rig, int messages) throws IOException {
        long enough = rig.finished("killed", "nsq_to_file") + messages;
        long untilNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MAX_WAIT_MS);
        while (System.nanoTime() < untilNs) {
            if (rig.finished("killed", "nsq_to_file") >= enough) return;
            pause(10);
        }
    }

    private static List<String> lines(int from) {
        return IntStream.range(from, from + LINES).mapToObj(ToFileKillTest::line).toList();
    }

    private static String line(int number) {
        return "line " + number + " " + "x".repeat(number % 200);
    }

    /** The moment of a kill, not a wait for anything. */
    private static void pause(int ms) {
        long untilNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ms);
        while (System.nanoTime() < untilNs) LockSupport.parkNanos(untilNs - System.nanoTime());
    }

    private Process start(ToolRig rig, int kind) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp"));
        command.addAll(List.of(System.getProperty("java.class.path"), NsqToFile.class.getName()));
        command.addAll(List.of("--topic=killed", rig.tcpFlag(), "--output-dir=" + folder));
        command.addAll(List.of("--sync-interval=50ms", "--host-identifier=h"));
        if (kind == 1) command.add("--gzip");
        if (kind == 2) command.add("--rotate-size=2000");
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(dataPath.resolve("tool.log").toFile())
                .start();
    }

    private Set<String> found() throws IOException {
        Set<String> found = new HashSet<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String text =
                        file.toString().endsWith(".gz") ? unzipped(file) : Files.readString(file);
                found.addAll(text.lines().toList());
            }
        }
        return found;
    }

    /** What can be read: a kill may cut the last member short, whose messages were not finished. */
    private static String unzipped(Path file) throws IOException {
        StringBuilder text = new StringBuilder();
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            byte[] buffer = new byte[8192];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                text.append(new String(buffer, 0, n, StandardCharsets.US_ASCII));
            }
        } catch (EOFException e) {
            text.append('\n');
        }
        return text.toString();
    }
}
