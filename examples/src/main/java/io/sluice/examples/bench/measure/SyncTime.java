package io.sluice.examples.bench.measure;

import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** How long a file system takes to make one write durable. */
public final class SyncTime {
    private static final int BLOCK = 4_096;
    private static final int TIMES = 100;

    private SyncTime() {}

    /** The median of many: 4 KiB at the end of a file, and fdatasync. */
    public static double medianNs(Path directory) throws IOException {
        Path file = Files.createTempFile(directory, "bench", ".sync");
        try (FileChannel channel = FileChannel.open(file, WRITE, DELETE_ON_CLOSE)) {
            double[] timesNs = new double[TIMES];
            for (int i = 0; i < TIMES; i++) {
                long startNs = System.nanoTime();
                channel.write(ByteBuffer.allocate(BLOCK));
                channel.force(false);
                timesNs[i] = System.nanoTime() - startNs;
            }
            return new Sample(timesNs).median();
        }
    }
}
