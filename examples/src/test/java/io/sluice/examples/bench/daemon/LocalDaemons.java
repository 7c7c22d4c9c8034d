package io.sluice.examples.bench.daemon;

import io.sluice.daemon.Launcher;
import io.sluice.daemon.Running;
import io.sluice.examples.DataFolder;
import io.sluice.nsqd.Nsqd;
import java.util.ArrayList;
import java.util.List;

/** Real daemons in this JVM, on free ports of loopback, until closed. */
public final class LocalDaemons implements AutoCloseable {
    private final List<Running> running = new ArrayList<>();
    private final List<DataFolder> folders = new ArrayList<>();

    /** Starts an nsqd with these flags and those that it needs. */
    public Running nsqd(String... more) {
        List<String> flags = new ArrayList<>(List.of(more));
        flags.add("--tcp-address=127.0.0.1:0");
        flags.add("--http-address=127.0.0.1:0");
        flags.add("--log-level=error");
        DataFolder folder = new DataFolder();
        folders.add(folder);
        flags.add(folder.flag());
        Running nsqd = Launcher.start(new Nsqd(), flags.toArray(String[]::new));
        running.add(nsqd);
        return nsqd;
    }

    @Override
    public void close() {
        running.forEach(Running::stop);
        folders.forEach(DataFolder::close);
    }
}
