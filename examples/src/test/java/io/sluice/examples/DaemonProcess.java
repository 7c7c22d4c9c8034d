package io.sluice.examples;

import io.sluice.daemon.HostAndPort;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A daemon in a process of its own, with all that a launcher would put on its class path. */
final class DaemonProcess implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("(TCP|HTTP): listening on (\\S+)");

    private final Process process;
    private final Map<String, HostAndPort> listening = new HashMap<>();

    /** Returns once it has said that it listens at as many addresses. */
    DaemonProcess(Class<?> main, int addresses, String... flags) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(flags));
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        StringBuilder seen = new StringBuilder();
        while (listening.size() < addresses) {
            String line = output.readLine();
            if (line == null) throw new AssertionError("ended with " + seen);
            seen.append(line).append('\n');
            Matcher matcher = LISTENING.matcher(line);
            if (matcher.find())
                listening.put(matcher.group(1), HostAndPort.parse(matcher.group(2)));
        }
    }

    HostAndPort tcp() {
        return listening.get("TCP");
    }

    HostAndPort http() {
        return listening.get("HTTP");
    }

    /** As {@link ProcessSockets#of}. */
    List<String> sockets() throws IOException {
        return ProcessSockets.of(process.pid());
    }

    /** Ends it as {@code kill -9} does, and waits until it has. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
