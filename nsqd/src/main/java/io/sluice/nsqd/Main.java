package io.sluice.nsqd;

import io.sluice.daemon.Launcher;

/** The command {@code nsqd}. */
public final class Main {
    private Main() {}

    /** Runs until a signal comes. */
    public static void main(String[] args) {
        Launcher.main(Nsqd::new, args);
    }
}
