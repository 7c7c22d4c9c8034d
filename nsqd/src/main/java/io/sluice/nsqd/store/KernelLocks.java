package io.sluice.nsqd.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What Linux tells of the locks that other processes hold, a line each:
 *
 * <pre>
 * 1: FLOCK  ADVISORY  WRITE 4242 fd:01:131090 0 EOF
 *    kind                   pid  device:inode, the device's two numbers in hexadecimal
 * </pre>
 */
final class KernelLocks {
    private static final Path LOCKS = Path.of("/proc/locks");
    private static final int KIND = 1;
    private static final int FILE = 5;

    private KernelLocks() {}

    /** True when somebody has flocked the directory, as NSQ's nsqd does; false if not known. */
    static boolean hold(Path directory) {
        if (!Files.isReadable(LOCKS)) return false;
        try (Stream<String> lines = Files.lines(LOCKS)) {
            long device = ((Number) Files.getAttribute(directory, "unix:dev")).longValue();
            long inode = ((Number) Files.getAttribute(directory, "unix:ino")).longValue();
            String file = file(device, inode);
            return lines.anyMatch(line -> isFlock(line, file));
        } catch (IOException e) {
            return false;
        }
    }

    /** How the kernel writes a file's identity. */
    static String file(long device, long inode) {
        long major = device >>> 8 & 0xfff | device >>> 32 & ~0xfffL;
        long minor = device & 0xff | device >>> 12 & ~0xffL & 0xffffffffL;
        return "%02x:%02x:%d".formatted(major, minor, inode);
    }

    static boolean isFlock(String line, String file) {
        String[] words = line.trim().split("\\s+");
        return words.length > FILE && words[KIND].equals("FLOCK") && words[FILE].equals(file);
    }
}
