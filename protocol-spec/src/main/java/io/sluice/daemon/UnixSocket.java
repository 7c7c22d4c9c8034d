package io.sluice.daemon;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** A socket in the file system, for clients on the same host. */
public record UnixSocket(String path) implements ListenAddress {
    /**
     * Makes room for the socket: one that a daemon left behind which was killed is removed.
     *
     * @throws IOException when somebody listens there, or it is something else
     */
    void clear() throws IOException {
        Path file = Path.of(path);
        if (!Files.exists(file)) return;
        boolean isSocket = Files.readAttributes(file, BasicFileAttributes.class).isOther();
        if (!isSocket) throw new IOException("the file exists and is no socket");
        if (isAlive(file)) throw new IOException("somebody listens there already");
        Files.delete(file);
    }

    private static boolean isAlive(Path file) {
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return probe.connect(UnixDomainSocketAddress.of(file));
        } catch (IOException e) {
            return false;
        }
    }

    /** Removes it, once nobody listens there any more. */
    void remove() {
        try {
            Files.deleteIfExists(Path.of(path));
        } catch (IOException e) {
            System.getLogger(UnixSocket.class.getName())
                    .log(System.Logger.Level.WARNING, "cannot remove " + path + ": " + e);
        }
    }

    @Override
    public String toString() {
        return path;
    }
}
