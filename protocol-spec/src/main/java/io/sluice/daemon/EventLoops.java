package io.sluice.daemon;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;

/** Vert.x as the daemons use it. */
public final class EventLoops {
    /** Names are looked up as other programs of the machine do it, without a UDP socket of ours. */
    private static final String SYSTEM_RESOLVER = "vertx.disableDnsResolver";

    /** Netty's own events for flight recordings: a tenth of a start's time, and nobody asks. */
    private static final String NETTY_EVENTS = "io.netty.jfr.enabled";

    private EventLoops() {}

    /** A Vert.x with {@code count} event loops, to be closed by the caller. */
    public static Vertx open(int count) {
        System.setProperty(SYSTEM_RESOLVER, "true");
        System.setProperty(NETTY_EVENTS, "false");
        return Vertx.vertx(new VertxOptions().setEventLoopPoolSize(count));
    }
}
