package io.sluice.examples.bench.daemon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the process of this machine that listens at an address, where /proc tells it. */
public final class ListeningProcess {
    private static final Path PROC = Path.of("/proc");
    private static final List<String> TABLES = List.of("net/tcp", "net/tcp6");
    private static final int LOCAL_ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;
    private static final String LISTENING = "0A";

    private ListeningProcess() {}

    /** Nothing when it is not on this machine, may not be looked at, or is not the only one. */
    public static Optional<ProcessHandle> at(InetSocketAddress address) {
        try {
            if (!isLocal(address.getAddress())) return Optional.empty();
            Set<String> sockets = sockets(address.getPort());
            if (sockets.isEmpty()) return Optional.empty();
            List<ProcessHandle> owners =
                    ProcessHandle.allProcesses().filter(p -> hasOpen(p, sockets)).toList();
            return owners.size() == 1 ? Optional.of(owners.get(0)) : Optional.empty();
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
    }

    private static boolean isLocal(InetAddress address) throws SocketException {
        return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
    }

    /** Links as in /proc/PID/fd. */
    private static Set<String> sockets(int port) throws IOException {
        String portInHex = String.format(":%04X", port);
        Set<String> sockets = new HashSet<>();
        for (String table : TABLES) {
            Path path = PROC.resolve(table);
            if (!Files.isReadable(path)) continue;
            try (Stream<String> lines = Files.lines(path)) {
                lines.map(line -> line.trim().split("\\s+"))
                        .filter(row -> row.length > INODE && row[STATE].equals(LISTENING))
                        .filter(row -> row[LOCAL_ADDRESS].endsWith(portInHex))
                        .forEach(row -> sockets.add("socket:[" + row[INODE] + "]"));
            }
        }
        return sockets;
    }

    private static boolean hasOpen(ProcessHandle process, Set<String> sockets) {
        Path files = PROC.resolve(Long.toString(process.pid())).resolve("fd");
        try (DirectoryStream<Path> open = Files.newDirectoryStream(files)) {
            for (Path file : open) {
                if (sockets.contains(Files.readSymbolicLink(file).toString())) return true;
            }
            return false;
        } catch (IOException e) {
            return false; // it has ended, or is another user's
        }
    }
}
