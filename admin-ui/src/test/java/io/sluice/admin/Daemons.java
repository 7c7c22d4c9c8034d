package io.sluice.admin;

import io.sluice.daemon.HostAndPort;
import io.sluice.daemon.Launcher;
import io.sluice.daemon.Running;
import io.sluice.lookupd.Lookupd;
import io.sluice.nsqd.Nsqd;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Real daemons on loopback, in this JVM. */
final class Daemons {
    private final Deque<Running> started = new ArrayDeque<>();

    HostAndPort admin(String... flags) {
        List<String> words = new ArrayList<>(List.of(flags));
        words.add("--log-level=error");
        words.add("--http-address=127.0.0.1:0");
        return add(Launcher.start(new Admin(), words.toArray(String[]::new))).http();
    }

    Running lookupd() {
        return add(
                Launcher.start(
                        new Lookupd(),
                        "--log-level=error",
                        "--tcp-address=127.0.0.1:0",
                        "--http-address=127.0.0.1:0",
                        "--broadcast-address=127.0.0.1"));
    }

    Running nsqd(Path folder, Running... lookups) {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "--log-level=error",
                                "--tcp-address=127.0.0.1:0",
                                "--http-address=127.0.0.1:0",
                                "--broadcast-address=127.0.0.1",
                                "--data-path=" + folder));
        for (Running lookup : lookups) words.add("--lookupd-tcp-address=" + lookup.tcp());
        return add(Launcher.start(new Nsqd(), words.toArray(String[]::new)));
    }

    private Running add(Running running) {
        started.push(running);
        return running;
    }

    void stop() {
        started.forEach(Running::stop);
        started.clear();
    }
}
