package io.sluice.lookupd;

import io.sluice.daemon.Launcher;

/** The nsqlookupd command. */
public final class Main {
    private Main() {}

    /** Runs until a signal comes. */
    public static void main(String[] args) {
        Launcher.main(Lookupd::new, args);
    }
}
