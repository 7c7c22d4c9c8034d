package io.sluice.admin;

import io.sluice.daemon.Launcher;

/** The nsqadmin command. */
public final class Main {
    private Main() {}

    /** Runs until a signal comes. */
    public static void main(String[] args) {
        Launcher.main(Admin::new, args);
    }
}
