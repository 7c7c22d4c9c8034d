package io.sluice.examples;

import io.sluice.daemon.HostAndPort;
import io.sluice.daemon.Launcher;
import io.sluice.daemon.Running;
import io.sluice.lookupd.Lookupd;
import io.sluice.nsqd.Nsqd;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Real daemons in this JVM, on free ports of loopback. */
final class Cluster implements AutoCloseable {
    private final Deque<Running> all = new ArrayDeque<>();
    private final List<DataFolder> folders = new ArrayList<>();
    private final List<Running> lookupds = new ArrayList<>();

    Running lookupd() {
        Running lookupd =
                Launcher.start(
                        new Lookupd(),
                        "--tcp-address=127.0.0.1:0",
                        "--http-address=127.0.0.1:0",
                        "--broadcast-address=127.0.0.1",
                        "--log-level=error");
        lookupds.add(lookupd);
        all.push(lookupd);
        return lookupd;
    }

    /** An nsqd that registers at all lookup nodes started so far. */
    Running nsqd(String... more) {
        List<String> words = new ArrayList<>();
        words.add("--tcp-address=127.0.0.1:0");
        words.add("--http-address=127.0.0.1:0");
        words.add("--broadcast-address=127.0.0.1");
        words.add("--log-level=error");
        DataFolder folder = new DataFolder();
        folders.add(folder);
        words.add(folder.flag());
        for (Running lookupd : lookupds) words.add("--lookupd-tcp-address=" + lookupd.tcp());
        words.addAll(List.of(more));
        Running nsqd = Launcher.start(new Nsqd(), words.toArray(String[]::new));
        all.push(nsqd);
        return nsqd;
    }

    List<String> lookupdHttp() {
        return lookupds.stream().map(Running::http).map(HostAndPort::toString).toList();
    }

    @Override
    public void close() {
        all.forEach(Running::stop);
        folders.forEach(DataFolder::close);
    }
}
