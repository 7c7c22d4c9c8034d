package io.sluice.nsqd;

import io.sluice.daemon.Daemon;
import io.sluice.daemon.Running;

/** The queue daemon. */
public final class Nsqd implements Daemon<NsqdOptions> {
    /** For {@link java.util.ServiceLoader}. */
    public Nsqd() {}

    @Override
    public String name() {
        return "nsqd";
    }

    @Override
    public NsqdOptions options() {
        return new NsqdOptions();
    }

    @Override
    public Running start(NsqdOptions options) {
        Node node = new Node(options, DataPath.open(options.store));
        try {
            return node.start();
        } catch (RuntimeException | Error e) {
            node.stop();
            throw e;
        }
    }
}
