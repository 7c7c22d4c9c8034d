package io.sluice.nsqd.blackbox;

import io.sluice.daemon.HostAndPort;
import io.sluice.daemon.Launcher;
import io.sluice.daemon.Running;
import io.sluice.nsqd.Nsqd;
import java.util.ArrayList;
import java.util.List;

/** A daemon in this JVM, on ports of its own. */
final class OwnNsqd implements AutoCloseable {
    private final Running running;

    private final DataFolder folder;

    private OwnNsqd(Running running, DataFolder folder) {
        this.running = running;
        this.folder = folder;
    }

    /** Starts one with these flags and defaults otherwise. */
    static OwnNsqd start(String... flags) {
        List<String> words = new ArrayList<>();
        words.add("--tcp-address=127.0.0.1:0");
        words.add("--http-address=127.0.0.1:0");
        words.add("--broadcast-address=127.0.0.1");
        words.add("--log-level=error");
        DataFolder folder = new DataFolder();
        words.add(folder.flag());
        words.addAll(List.of(flags));
        return new OwnNsqd(Launcher.start(new Nsqd(), words.toArray(String[]::new)), folder);
    }

    HostAndPort tcp() {
        return running.tcp();
    }

    HostAndPort http() {
        return running.http();
    }

    HostAndPort https() {
        return (HostAndPort) running.listening().get(Running.HTTPS);
    }

    TestClient connect() {
        return TestClient.connect(tcp());
    }

    /** What SIGHUP does besides reading the configuration file. */
    void reread() {
        running.reread();
    }

    /** The same as {@link #close}, for where it is the point of a test. */
    void stop() {
        running.stop();
    }

    @Override
    public void close() {
        running.stop();
        folder.close();
    }
}
