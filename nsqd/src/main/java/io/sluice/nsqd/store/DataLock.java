package io.sluice.nsqd.store;

import io.sluice.daemon.StartException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a second daemon off a data path. NSQ locks the directory itself, which Java cannot: only
 * what is open for writing can be locked, and a directory cannot be. So there is a file in it,
 * which stays when the lock goes; the lock goes with the process, however that ends. A real nsqd
 * does not see this lock, but is seen by it where the system tells of its locks.
 */
public final class DataLock implements AutoCloseable {
    /** The file's name. */
    static final String FILE = "nsqd.lock";

    /**
     * What this process holds. Asked first, because closing any other channel of a locked file
     * would undo the lock.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel channel;

    private DataLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /**
     * Takes the lock or fails at once; never waits.
     *
     * @throws StartException with NSQ's words, when it is held or the directory is unusable
     */
    public static DataLock acquire(Path directory) {
        Path real = real(directory);
        if (!HELD.add(real)) throw inUse(directory);
        DataLock lock = null;
        try {
            lock = lock(directory, real);
            return lock;
        } finally {
            if (lock == null) HELD.remove(real);
        }
    }

    private static Path real(Path directory) {
        try {
            Path real = directory.toRealPath();
            if (Files.isDirectory(real)) return real;
            throw cannotOpen(directory, "not a directory", null);
        } catch (IOException e) {
            throw cannotOpen(directory, DataFiles.why(e), e);
        }
    }

    private static DataLock lock(Path directory, Path real) {
        Path file = directory.resolve(FILE);
        FileChannel channel;
        try {
            channel = DataFiles.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw cannotOpen(file, DataFiles.why(e), e);
        }
        DataLock lock = new DataLock(real, channel);
        boolean locked = false;
        try {
            locked = channel.tryLock() != null && !KernelLocks.hold(real);
        } catch (OverlappingFileLockException e) {
            throw new AssertionError("locked by this process and not known to be", e);
        } catch (IOException e) {
            throw cannotOpen(file, DataFiles.why(e), e);
        } finally {
            if (!locked) lock.closeChannel();
        }
        if (!locked) throw inUse(directory);
        return lock;
    }

    private static StartException cannotOpen(Path path, String why, IOException cause) {
        return new StartException("failed to lock data-path: open " + path + ": " + why, cause);
    }

    private static StartException inUse(Path directory) {
        return new StartException(
                "failed to lock data-path: cannot flock directory "
                        + directory
                        + " - resource temporarily unavailable"
                        + " (possibly in use by another instance of nsqd)",
                null);
    }

    private void closeChannel() {
        try {
            channel.close();
        } catch (IOException e) {
            // The descriptor is gone all the same, and the lock with it.
            System.getLogger(DataLock.class.getName())
                    .log(System.Logger.Level.WARNING, "cannot close " + FILE, e);
        }
    }

    /** Lets the next one in. */
    @Override
    public void close() {
        if (!channel.isOpen()) return;
        closeChannel();
        HELD.remove(directory);
    }
}
