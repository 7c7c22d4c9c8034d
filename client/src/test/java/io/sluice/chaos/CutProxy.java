package io.sluice.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands in front of a daemon, which may go and come back on another port, and cuts connections:
 * all at once, or after some number of bytes, which is mostly inside a frame.
 */
final class CutProxy implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong bytesLeft = new AtomicLong(Long.MAX_VALUE);
    private volatile int target;

    CutProxy() throws IOException {
        start("proxy", this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    String address() {
        return "127.0.0.1:" + port();
    }

    /** Where connections go from now on; 0 for nowhere. */
    void target(int port) {
        target = port;
    }

    /** Cuts all connections when so many bytes more have passed. */
    void cutAfter(long bytes) {
        bytesLeft.set(bytes);
    }

    void cut() {
        open.forEach(CutProxy::reset);
        open.clear();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                connect(client);
            } catch (IOException e) {
                // Closed, or the daemon is away: the client sees a connection that ends.
                if (server.isClosed()) return;
            }
        }
    }

    private void connect(Socket client) throws IOException {
        try {
            Socket daemon = new Socket(InetAddress.getLoopbackAddress(), target);
            open.add(client);
            open.add(daemon);
            start("proxy-up", () -> pump(client, daemon));
            start("proxy-down", () -> pump(daemon, client));
        } catch (IOException | IllegalArgumentException e) {
            reset(client);
            throw new IOException(e);
        }
    }

    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[4096];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                long left = bytesLeft.addAndGet(-count);
                if (left < 0) {
                    out.write(buffer, 0, (int) Math.max(0, count + left));
                    cutAfter(Long.MAX_VALUE);
                    cut();
                    return;
                }
                out.write(buffer, 0, count);
            }
            to.shutdownOutput();
        } catch (IOException e) {
            reset(from);
            reset(to);
        }
    }

    /** Without a goodbye, as from a machine that died. */
    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // It was closed already.
            assert socket.isClosed();
        }
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut();
    }
}
