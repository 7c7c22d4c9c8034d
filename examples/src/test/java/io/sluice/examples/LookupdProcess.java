package io.sluice.examples;

import io.sluice.lookupd.Main;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A lookup node in a process of its own, so that it can be killed. */
final class LookupdProcess implements AutoCloseable {
    private static final int PATIENCE_S = 60;

    final String tcp;
    final String http;
    private Process process;

    LookupdProcess() throws Exception {
        tcp = "127.0.0.1:" + freePort();
        http = "127.0.0.1:" + freePort();
        start();
    }

    void start() throws Exception {
        process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Main.class.getName(),
                                "--tcp-address=" + tcp,
                                "--http-address=" + http,
                                "--broadcast-address=127.0.0.1",
                                "--log-level=error")
                        .inheritIO()
                        .start();
        Await.that("the lookup node answers", PATIENCE_S, this::answers);
    }

    private boolean answers() {
        try {
            return Http.get("http://" + http + "/ping").equals("OK");
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor(PATIENCE_S, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
