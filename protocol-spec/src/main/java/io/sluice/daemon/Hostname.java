package io.sluice.daemon;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The name that this machine gives itself. */
public final class Hostname {
    private Hostname() {}

    /** The host name, or {@code HOSTNAME} when that does not resolve, or {@code localhost}. */
    public static String get() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return System.getenv().getOrDefault("HOSTNAME", "localhost");
        }
    }
}
