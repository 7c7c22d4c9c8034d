package io.sluice.examples.bench;

import io.sluice.daemon.FlagException;
import io.sluice.daemon.GoFlags;
import io.sluice.daemon.HostAndPort;
import io.sluice.examples.bench.daemon.ListeningProcess;
import io.sluice.examples.bench.daemon.Nsqd;
import io.sluice.examples.bench.daemon.Sink;
import io.sluice.examples.bench.scenario.Catalogue;
import io.sluice.examples.bench.scenario.FsyncScenario;
import io.sluice.examples.bench.scenario.Scenario;
import io.sluice.examples.bench.wire.BenchException;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The command {@code bench}: measures one daemon by its address, or two side by side. */
public final class Bench {
    private static final int WORTHLESS = 1;
    private static final int BAD_FLAGS = 2;

    private final PrintStream out;
    private final PrintStream err;
    private final BenchOptions options = new BenchOptions();

    Bench(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Ends with 0, with 1 if a run failed, or with 2 if a flag is wrong. */
    public static void main(String[] args) {
        System.exit(new Bench(System.out, System.err).run(args));
    }

    int run(String... args) {
        CommandLine command = GoFlags.command("bench", options);
        try {
            if (!read(command, args)) {
                command.usage(out);
                return 0;
            }
            measure(args);
            return 0;
        } catch (FlagException | ParameterException e) {
            err.println("bench: " + e.getMessage());
            return BAD_FLAGS;
        } catch (BenchException | IOException e) {
            err.println("bench: " + e.getMessage());
            return WORTHLESS;
        }
    }

    /** False when only the usage is wanted. */
    private boolean read(CommandLine command, String... args) {
        GoFlags flags = new GoFlags(command.getCommandSpec(), args);
        if (flags.helpAsked()) return false;
        command.parseArgs(
                flags.given().stream()
                        .map(given -> given.option().longestName() + "=" + given.value())
                        .toArray(String[]::new));
        if (flags.flagWords() < args.length) {
            throw options.bad("'" + args[flags.flagWords()] + "' is not a flag");
        }
        options.validate();
        return true;
    }

    private void measure(String... args) throws IOException {
        Catalogue catalogue =
                new Catalogue(
                        options.connections,
                        options.size,
                        options.outputBufferTimeoutMs,
                        options.directory);
        String complaint = catalogue.complaint(options.scenarios);
        if (complaint != null) throw options.bad("--scenario: " + complaint);
        List<Scenario> daemons = new ArrayList<>(catalogue.ofDaemons());
        if (!options.scenarios.isEmpty()) {
            daemons.addAll(catalogue.ofDisk());
            daemons = Catalogue.chosen(daemons, options.scenarios);
        }
        List<Scenario> levels = Catalogue.chosen(catalogue.ofLevels(), options.scenarios);
        List<Scenario> memory = Catalogue.chosen(catalogue.ofMemory(), options.scenarios);
        List<Scenario> self = Catalogue.chosen(catalogue.ofSelf(), options.scenarios);
        List<Scenario> withDaemon =
                Stream.of(daemons, levels, memory).flatMap(List::stream).toList();
        require(withDaemon);
        List<Side> sides = withDaemon.isEmpty() ? List.of() : daemonSides();
        if (!memory.isEmpty()) {
            requireAlone(memory, withDaemon.size() + self.size());
            requireProcesses(memory.get(0), sides);
        }
        out.println("bench " + String.join(" ", args));
        out.println("on " + machine());
        if (memory.isEmpty()) out.println(setting());
        for (Side side : sides) out.println(side.name() + ": " + side.target().description());
        compare(daemons, sides);
        if (!levels.isEmpty()) compare(levels, sides.subList(0, 1));
        compareOnce(memory, sides);
        if (self.isEmpty()) return;
        try (Sink sink = new Sink()) {
            Side side = new Side("sink", sink);
            out.println(side.name() + ": " + sink.description());
            compare(self, List.of(side));
        }
    }

    /** Says no when a flag is missing without which one of these cannot run. */
    private void require(List<Scenario> ofDaemons) {
        for (Scenario scenario : ofDaemons) {
            if (options.nsqdTcpAddress == null) {
                throw options.bad("--nsqd-tcp-address is missing: " + scenario.name());
            }
            if (scenario instanceof FsyncScenario && options.directory == null) {
                throw options.bad("--directory is missing: " + scenario.name());
            }
        }
    }

    /** What a daemon has used before it may still hold, and so hide what it takes now. */
    private void requireAlone(List<Scenario> memory, int chosen) {
        if (chosen == 1) return;
        throw options.bad(
                String.format(
                        "--scenario: %s needs a daemon that has done nothing else since it was"
                                + " started: choose it alone",
                        memory.get(0).name()));
    }

    private void requireProcesses(Scenario scenario, List<Side> sides) {
        for (Side side : sides) {
            if (side.target().residentBytes().isPresent()) continue;
            throw options.bad(
                    String.format(
                            "--%s-pid is missing: %s measures the memory of a process, and none"
                                    + " was found by its port",
                            side.name(), scenario.name()));
        }
    }

    private static String machine() {
        return String.format(
                "%s %s, %d processors, load average %.1f, JDK %s",
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                Runtime.version());
    }

    private String setting() {
        return String.format(
                "%d runs of at most %d s and %,d messages, after %d s of warm-up",
                options.runs, options.seconds, options.messages, options.warmUpSeconds);
    }

    private List<Side> daemonSides() {
        List<Side> sides = new ArrayList<>();
        sides.add(side("nsqd", options.nsqdTcpAddress, options.nsqdHttpAddress, options.nsqdPid));
        if (options.againstTcpAddress != null) {
            sides.add(
                    side(
                            "against",
                            options.againstTcpAddress,
                            options.againstHttpAddress,
                            options.againstPid));
        }
        return sides;
    }

    private static Side side(String name, HostAndPort tcp, HostAndPort http, long pid) {
        InetSocketAddress address = new InetSocketAddress(tcp.host(), tcp.port());
        if (address.isUnresolved()) throw new BenchException("there is no host " + tcp.host());
        Optional<ProcessHandle> process =
                pid == 0 ? ListeningProcess.at(address) : ProcessHandle.of(pid);
        return new Side(name, new Nsqd(address, http, process));
    }

    private void compare(List<Scenario> scenarios, List<Side> sides) {
        for (Scenario scenario : scenarios) {
            report(
                    new Comparison(scenario, sides, options.limit()),
                    options.warmUp(),
                    options.runs);
        }
    }

    /** Memory: a second run would find what the first has left. */
    private void compareOnce(List<Scenario> scenarios, List<Side> sides) {
        for (Scenario scenario : scenarios) {
            out.printf("%nonce at each daemon, without warm-up; start both anew before%n");
            report(new Comparison(scenario, sides, options.limit()), Duration.ZERO, 1);
        }
    }

    private void report(Comparison comparison, Duration warmUp, int runs) {
        comparison.run(warmUp, runs);
        out.printf("%n%s", comparison.report());
        out.flush();
    }
}
