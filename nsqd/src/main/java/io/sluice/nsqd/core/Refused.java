package io.sluice.nsqd.core;

/** An expected "no" of the core, with the reason as a client gets to read it. */
public final class Refused extends Exception {
    Refused(String why) {
        super(why, null, false, false);
    }
}
