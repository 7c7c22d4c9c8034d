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

    private final Map<String, HostAndPort> listening;
    private final Runnable close;
    private boolean stopped;

    /**
     * A daemon that listens, by kind and with real ports, until {@code close} has returned. {@code
     * close} may block and is called at most once.
     */
    public Running(Map<String, HostAndPort> listening, Runnable close) {
        this.listening = new LinkedHashMap<>(listening);
        this.close = close;
    }

    /**
     * All addresses by kind ({@link #TCP}, {@link #HTTP}, {@link #HTTPS}), in the order they were
     * bound.
     */
    public Map<String, HostAndPort> listening() {
        return Collections.unmodifiableMap(listening);
    }

    /** The bound address of the binary protocol; null when there is none. */
    public HostAndPort tcp() {
        return listening.get(TCP);
    }

    /** The bound address of the HTTP API; null when there is none. */
    public HostAndPort http() {
        return listening.get(HTTP);
    }

    /** Returns when everything is closed. A second call waits for the first and does nothing. */
    public synchronized void stop() {
        if (stopped) return;
        stopped = true;
        close.run();
    }
}
