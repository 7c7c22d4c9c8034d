package io.sluice.nsqd.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system of 64 MiB, which another file can fill. */
final class SmallDisk implements AutoCloseable {
    private static final int MEBIBYTES = 64;
    private static final int BLOCK = 4_096;

    private final Path mountPoint;
    private final Path filler;

    private SmallDisk(Path mountPoint) {
        this.mountPoint = mountPoint;
        filler = mountPoint.resolve("filler");
    }

    /** Mounts one on an empty directory; the test is skipped where that is not permitted. */
    static SmallDisk mountAt(Path directory) {
        Shell.Outcome mount =
                Shell.run(
                        "mount",
                        "-t",
                        "tmpfs",
                        "-o",
                        "size=" + MEBIBYTES + "m",
                        "tmpfs",
                        directory.toString());
        assumeThat(mount.exitCode())
                .as("a tmpfs can be mounted here, which mostly needs root: %s", mount.output())
                .isZero();
        return new SmallDisk(directory);
    }

    /** Leaves no byte to anybody else. */
    void fill() throws IOException {
        try (OutputStream out = Files.newOutputStream(filler)) {
            byte[] block = new byte[BLOCK];
            while (Files.getFileStore(filler).getUsableSpace() >= BLOCK) out.write(block);
        }
        assertThat(Files.getFileStore(filler).getUsableSpace()).isZero();
    }

    /** Takes that back. */
    void makeRoom() throws IOException {
        Files.delete(filler);
    }

    @Override
    public void close() {
        Shell.Outcome unmount = Shell.run("umount", mountPoint.toString());
        assertThat(unmount.exitCode()).as(unmount.output()).isZero();
    }
}
