package io.sluice.nsqd.store;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * How much is free on the disk of the logs, asked not more often than it changes. For all loops.
 */
final class DiskSpace {
    private static final long VALID_NS = 50_000_000L;

    private final FileStore disk;
    private final long minFreeBytes;
    private final LongSupplier nanoTime;
    private final AtomicLong checkedNs;
    private volatile long freeBytes;

    DiskSpace(Path dataPath, long minFreeBytes, LongSupplier nanoTime) throws IOException {
        this.disk = Files.getFileStore(dataPath);
        this.minFreeBytes = minFreeBytes;
        this.nanoTime = nanoTime;
        this.checkedNs = new AtomicLong(nanoTime.getAsLong());
        this.freeBytes = disk.getUsableSpace();
    }

    /** Why nothing should be stored, as a client reads it; null when there is space. */
    String shortage() {
        refresh();
        if (freeBytes >= minFreeBytes) return null;
        return free() + ", --min-free-disk is " + megabytes(minFreeBytes);
    }

    /** What to say when a write failed for want of space. */
    String full() {
        measure();
        return free();
    }

    private String free() {
        return "no space left on device: " + megabytes(freeBytes) + " free";
    }

    private void refresh() {
        long now = nanoTime.getAsLong();
        long checked = checkedNs.get();
        if (now - checked >= VALID_NS && checkedNs.compareAndSet(checked, now)) measure();
    }

    private void measure() {
        try {
            freeBytes = disk.getUsableSpace();
        } catch (IOException e) {
            freeBytes = 0;
        }
    }

    private static String megabytes(long bytes) {
        return (bytes >> 20) + " MB";
    }
}
