package io.sluice.nsqd.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.daemon.StartException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class DataLockTest {
    @TempDir Path directory;

    /** A process that takes the lock, says so, and holds it until it is killed. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] args) throws IOException {
            DataLock.acquire(Path.of(args[0]));
            System.out.println("locked");
            System.in.read();
        }
    }

    private Process holder() throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Process process =
                new ProcessBuilder(
                                java.toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Holder.class.getName(),
                                directory.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        BufferedReader out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        assertThat(out.readLine()).isEqualTo("locked");
        return process;
    }

    private void assertInUse() {
        assertThatThrownBy(() -> DataLock.acquire(directory))
                .isInstanceOf(StartException.class)
                .hasMessage(
                        "failed to lock data-path: cannot flock directory %s - resource temporarily"
                                + " unavailable (possibly in use by another instance of nsqd)",
                        directory);
    }

    @Test
    void anotherProcessKeepsTheLockUntilItDies() throws Exception {
        Process holder = holder();
        try {
            assertInUse();
            holder.destroyForcibly().waitFor();
            DataLock.acquire(directory).close();
        } finally {
            holder.destroyForcibly();
        }
    }

    @Test
    void aFailedAttemptOfThisProcessDoesNotUndoItsLock() throws Exception {
        try (DataLock lock = DataLock.acquire(directory)) {
            assertInUse();
            Path java = Path.of(System.getProperty("java.home"), "bin", "java");
            Process second =
                    new ProcessBuilder(
                                    java.toString(),
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    Holder.class.getName(),
                                    directory.toString())
                            .redirectErrorStream(true)
                            .start();
            String output =
                    new String(second.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(output).contains("resource temporarily unavailable");
            assertThat(lock).isNotNull();
        }
    }

    @Test
    void theSameDirectoryByAnotherNameIsTheSame() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolveSibling("link"), directory);
        try (DataLock lock = DataLock.acquire(link)) {
            assertInUse();
            assertThat(lock).isNotNull();
        } finally {
            Files.delete(link);
        }
    }

    @Test
    void itCanBeTakenAgainOnceItIsGivenBack() {
        DataLock.acquire(directory).close();
        DataLock again = DataLock.acquire(directory);
        again.close();
        again.close();
        DataLock.acquire(directory).close();
    }

    @Test
    void aMissingDirectoryIsNotMade() {
        Path missing = directory.resolve("missing");
        assertThatThrownBy(() -> DataLock.acquire(missing))
                .isInstanceOf(StartException.class)
                .hasMessage(
                        "failed to lock data-path: open %s: no such file or directory", missing);
        assertThat(missing).doesNotExist();
    }

    @Test
    void aFileIsNoDataPath() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        assertThatThrownBy(() -> DataLock.acquire(file))
                .hasMessage("failed to lock data-path: open %s: not a directory", file);
        assertThatThrownBy(() -> DataLock.acquire(file.resolve("below")))
                .hasMessageContaining("open " + file.resolve("below") + ": not a directory");
    }

    @Test
    void aLockFileThatCannotBeOpenedIsNamed() throws IOException {
        Path file = Files.createDirectory(directory.resolve(DataLock.FILE));
        assertThatThrownBy(() -> DataLock.acquire(directory))
                .isInstanceOf(StartException.class)
                .hasMessage("failed to lock data-path: open %s: is a directory", file);
        Files.delete(file);
        DataLock.acquire(directory).close();
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void theFileIsForItsOwnerOnly() throws IOException {
        DataLock.acquire(directory).close();
        assertThat(Files.getPosixFilePermissions(directory.resolve(DataLock.FILE)))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void aLockOfTheKernelsListIsFoundByItsFile() {
        String file = KernelLocks.file(0xfd01, 131090);
        assertThat(file).isEqualTo("fd:01:131090");
        String line = "12: FLOCK  ADVISORY  WRITE 4242 fd:01:131090 0 EOF";
        assertThat(KernelLocks.isFlock(line, file)).isTrue();
        assertThat(KernelLocks.isFlock(line.replace("FLOCK ", "POSIX "), file)).isFalse();
        assertThat(KernelLocks.isFlock(line.replace("131090", "131091"), file)).isFalse();
        assertThat(KernelLocks.isFlock("12: -> FLOCK", file)).isFalse();
        assertThat(KernelLocks.file(0x800123, 7)).isEqualTo("01:823:7");
    }
}
