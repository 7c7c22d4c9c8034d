package io.sluice.daemon;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A daemon that has been started: where it listens, and how to stop it. */
public final class Running {
    /** The listener for the binary protocol. */
    public static final String TCP = "TCP";

    /** The listener for the HTTP API. */
    public static final String HTTP = "HTTP";

    /** The same over TLS. */
    public static final String HTTPS = "HTTPS";

    private final Map<String, ListenAddress> listening;
    private final LiveOptions<?> options;
    private final Runnable reread;
    private final Runnable close;
    private boolean stopped;

    /**
     * A daemon that listens, by kind and with real ports, until {@code close} has returned. {@code
     * close} may block and is called at most once.
     */
    public Running(Map<String, ? extends ListenAddress> listening, Runnable close) {
        this(listening, null, () -> {}, close);
    }

    /**
     * As the other; its {@code options} can be changed while it runs, and {@code reread} looks anew
     * into the files that they name.
     */
    public Running(
            Map<String, ? extends ListenAddress> listening,
            LiveOptions<?> options,
            Runnable reread,
            Runnable close) {
        this.options = options;
        this.reread = reread;
        this.listening = new LinkedHashMap<>(listening);
        this.close = close;
    }

    /**
     * All addresses by kind ({@link #TCP}, {@link #HTTP}, {@link #HTTPS}), in the order they were
     * bound.
     */
    public Map<String, ListenAddress> listening() {
        return Collections.unmodifiableMap(listening);
    }

    /** Reads certificates and the like anew. May block; says in the log what has come of it. */
    public void reread() {
        reread.run();
    }

    /** The options as they are now; null when they stay as they were. */
    LiveOptions<?> options() {
        return options;
    }

    /** The bound address of the binary protocol; null when there is none with a port. */
    public HostAndPort tcp() {
        return listening.get(TCP) instanceof HostAndPort address ? address : null;
    }

    /** The bound address of the HTTP API; null when there is none with a port. */
    public HostAndPort http() {
        return listening.get(HTTP) instanceof HostAndPort address ? address : null;
    }

    /** Returns when everything is closed. A second call waits for the first and does nothing. */
    public synchronized void stop() {
        if (stopped) return;
        stopped = true;
        close.run();
    }
}
