package io.sluice.daemon;

/**
 * One of the three daemons, found by {@link java.util.ServiceLoader} where several of them run in
 * one JVM.
 */
public interface Daemon<O extends DaemonOptions> {
    /** The name of its command: nsqd, nsqlookupd or nsqadmin. */
    String name();

    /** A new options object with nothing set; {@link Launcher} fills it. */
    O options();

    /**
     * Opens everything and returns once all addresses are bound. May block; is never called on an
     * event loop. What was opened before a failure is closed again.
     *
     * @param options filled and validated
     * @throws StartException when it cannot
     */
    Running start(O options);
}
