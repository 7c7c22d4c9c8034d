package io.sluice.daemon;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;

/** Vert.x as the daemons use it. */
public final class EventLoops {
    /** Names are looked up as other programs of the machine do it, without a UDP socket of ours. */
    private static final String SYSTEM_RESOLVER = "vertx.disableDnsResolver";

    private EventLoops() {}

    /** A Vert.x with {@code count} event loops, to be closed by the caller. */
    public static Vertx open(int count) {
        System.setProperty(SYSTEM_RESOLVER, "true");
        return Vertx.vertx(new VertxOptions().setEventLoopPoolSize(count));
    }
}
