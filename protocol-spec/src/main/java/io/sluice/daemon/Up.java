package io.sluice.daemon;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/**
 * {@code sluice up}: a whole cluster in one JVM on loopback. Every daemon gets its flags in the
 * form in which a person would write them, so that nothing here works that would not work apart.
 */
public final class Up implements Daemon<UpOptions> {
    private static final List<String> ORDER = List.of("nsqlookupd", "nsqd", "nsqadmin");

    private final Iterable<? extends Daemon<?>> daemons;
    private final PrintStream out;

    /** Starts the daemons on the class path and tells {@code out} where they are. */
    public Up(PrintStream out) {
        this(services(), out);
    }

    /** Starts those of {@code daemons} that it knows and tells {@code out} where they are. */
    Up(Iterable<? extends Daemon<?>> daemons, PrintStream out) {
        this.daemons = daemons;
        this.out = out;
    }

    /** The command itself. */
    public static void main(String[] args) {
        Launcher.main(() -> new Up(System.out), args);
    }

    private static List<Daemon<?>> services() {
        List<Daemon<?>> found = new ArrayList<>();
        for (Daemon<?> daemon : ServiceLoader.load(Daemon.class)) found.add(daemon);
        return found;
    }

    @Override
    public String name() {
        return "sluice";
    }

    @Override
    public UpOptions options() {
        return new UpOptions();
    }

    @Override
    public Running start(UpOptions options) {
        Map<String, Running> started = new LinkedHashMap<>();
        try {
            Files.createDirectories(options.dataPath);
            for (String name : ORDER) {
                for (Daemon<?> daemon : daemons) {
                    if (daemon.name().equals(name)) {
                        started.put(name, start(daemon, words(name, options, started)));
                    }
                }
            }
            if (started.isEmpty()) throw new StartException("no daemon on the class path", null);
        } catch (IOException e) {
            throw StartException.badFlag("--data-path", "cannot be made: " + e);
        } catch (RuntimeException | Error e) {
            stop(started);
            throw e;
        }
        tell(started);
        // The daemons have logged where they listen, each for itself.
        return new Running(Map.of(), () -> stop(started));
    }

    private static Running start(Daemon<?> daemon, List<String> words) {
        try {
            return Launcher.start(daemon, words.toArray(String[]::new));
        } catch (StartException e) {
            String flag = e.flag();
            String change =
                    flag == null || !flag.endsWith("-address")
                            ? ""
                            : "; choose another with --" + daemon.name() + flag.substring(1);
            throw new StartException(daemon.name() + " " + e.getMessage() + change, e);
        }
    }

    private static List<String> words(
            String name, UpOptions options, Map<String, Running> started) {
        List<String> words = new ArrayList<>();
        words.add("--log-level=" + options.common().logLevel());
        Running lookup = started.get("nsqlookupd");
        switch (name) {
            case "nsqlookupd" -> {
                words.add("--tcp-address=" + options.nsqlookupdTcp);
                words.add("--http-address=" + options.nsqlookupdHttp);
                words.add("--broadcast-address=" + reachable(options.nsqlookupdHttp).host());
            }
            case "nsqd" -> {
                words.add("--tcp-address=" + options.nsqdTcp);
                words.add("--http-address=" + options.nsqdHttp);
                words.add("--broadcast-address=" + reachable(options.nsqdHttp).host());
                words.add("--data-path=" + options.dataPath);
                if (lookup != null) words.add("--lookupd-tcp-address=" + reachable(lookup.tcp()));
            }
            default -> {
                words.add("--http-address=" + options.nsqadminHttp);
                Running nsqd = started.get("nsqd");
                if (lookup != null) {
                    words.add("--lookupd-http-address=" + reachable(lookup.http()));
                } else if (nsqd != null) {
                    words.add("--nsqd-http-address=" + reachable(nsqd.http()));
                }
            }
        }
        return words;
    }

    /** Where to find, from this machine, what may listen on every address of it. */
    private static HostAndPort reachable(HostAndPort address) {
        boolean everywhere = address.host().isEmpty() || address.host().equals("0.0.0.0");
        return everywhere ? new HostAndPort("127.0.0.1", address.port()) : address;
    }

    private static void stop(Map<String, Running> started) {
        List<Running> backwards = new ArrayList<>(started.values());
        Collections.reverse(backwards);
        backwards.forEach(Running::stop);
    }

    private void tell(Map<String, Running> started) {
        started.forEach((name, running) -> out.printf("%-11s%s%n", name, places(running)));
        Running nsqd = started.get("nsqd");
        Running lookup = started.get("nsqlookupd");
        if (nsqd != null && nsqd.http() != null) {
            out.printf(
                    "%nPublish  curl -d 'hello world' 'http://%s/pub?topic=test'%n",
                    reachable(nsqd.http()));
        }
        if (nsqd != null && lookup != null) {
            out.printf(
                    "Tail     bin/nsq_tail --topic=test --lookupd-http-address=%s%n",
                    reachable(lookup.http()));
        }
        out.printf("Stop     Ctrl-C%n");
        out.flush();
    }

    private static String places(Running running) {
        String http = running.http() == null ? "" : " http://" + reachable(running.http());
        return running.tcp() == null ? http : http + " tcp://" + reachable(running.tcp());
    }
}
