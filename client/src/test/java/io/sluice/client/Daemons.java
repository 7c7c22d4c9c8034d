package io.sluice.client;

import io.sluice.daemon.HostAndPort;
import io.sluice.daemon.Launcher;
import io.sluice.daemon.Running;
import io.sluice.lookupd.Lookupd;
import io.sluice.nsqd.Main;
import io.sluice.nsqd.Nsqd;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Daemons on free ports of loopback: ours, in this JVM, or with {@code -Dnsq.bin=DIR} the programs
 * of that directory, such as a real NSQ's.
 */
public final class Daemons {
    private static final String PROGRAMS = System.getProperty("nsq.bin");
    private static final Pattern LISTENING = Pattern.compile("(TCP|HTTP): listening on (\\S+)");

    private Daemons() {}

    /** True when they are not ours, and cannot do what only ours do. */
    public static boolean areForeign() {
        return PROGRAMS != null;
    }

    /** An nsqd with these flags, which stops as a signal would stop it. */
    public static Running nsqd(String... flags) {
        if (areForeign()) return program("nsqd", flags);
        return Launcher.start(new Nsqd(), loopback("error", flags));
    }

    /** A lookup node with these flags. */
    public static Running lookupd(String... flags) {
        if (areForeign()) return program("nsqlookupd", flags);
        return Launcher.start(new Lookupd(), loopback("error", flags));
    }

    /** An nsqd of ours in a process, which is killed ({@code kill -9}) when it is to stop. */
    public static Running mortalNsqd(String... flags) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("--add-"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(Main.class.getName());
        return process(command, flags, Process::destroyForcibly);
    }

    private static Running program(String name, String... flags) {
        String path = Path.of(PROGRAMS, name).toString();
        return process(new ArrayList<>(List.of(path)), flags, Process::destroy);
    }

    /** What is given counts, where it says something else. */
    private static String[] loopback(String logLevel, String... flags) {
        String[] all = {
            "--log-level=" + logLevel, "--tcp-address=127.0.0.1:0", "--http-address=127.0.0.1:0"
        };
        return Stream.concat(Stream.of(all), Stream.of(flags)).toArray(String[]::new);
    }

    private static Running process(
            List<String> command, String[] flags, java.util.function.Consumer<Process> end) {
        command.addAll(List.of(loopback("info", flags)));
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            return new Running(listening(process), () -> stop(process, end));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, HostAndPort> listening(Process process) throws IOException {
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        Map<String, HostAndPort> listening = new HashMap<>();
        StringBuilder seen = new StringBuilder();
        while (listening.size() < 2) {
            String line = output.readLine();
            if (line == null) throw new AssertionError("ended with " + seen);
            seen.append(line).append('\n');
            Matcher at = LISTENING.matcher(line);
            if (at.find()) listening.put(at.group(1), HostAndPort.parse(at.group(2)));
        }
        Thread rest = new Thread(() -> drain(output), "output");
        rest.setDaemon(true);
        rest.start();
        return listening;
    }

    /** What nobody reads would stop the daemon some day. */
    private static void drain(BufferedReader output) {
        try {
            output.transferTo(Writer.nullWriter());
        } catch (IOException e) {
            Log.LOGGER.log(System.Logger.Level.DEBUG, "the daemon ended: " + e.getMessage());
        }
    }

    private static void stop(Process process, java.util.function.Consumer<Process> end) {
        end.accept(process);
        process.onExit().join();
    }
}
