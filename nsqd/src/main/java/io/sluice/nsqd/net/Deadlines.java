package io.sluice.nsqd.net;

import io.sluice.protocol.Frame;
import io.vertx.core.Vertx;

/** Sends a connection's heartbeats, and ends it when its client is silent or does not read. */
final class Deadlines {
    private static final long MS = 1_000_000L;

    private final Connection connection;
    private final CoreLoop home;
    private final Vertx vertx;
    private int heartbeatMs;
    private long heartbeatTimer = -1;
    private long silenceTimer = -1;
    private long heardNs;
    private boolean lastChance;

    Deadlines(Connection connection, CoreLoop home) {
        this.connection = connection;
        this.home = home;
        this.vertx = home.vertx();
    }

    /** Starts anew with this interval; -1 for no heartbeats and no deadlines. */
    void start(int intervalMs) {
        stop();
        heartbeatMs = intervalMs;
        heard();
        if (intervalMs <= 0) return;
        heartbeatTimer = vertx.setPeriodic(intervalMs, id -> beat());
        watch(2L * intervalMs * MS);
    }

    void stop() {
        vertx.cancelTimer(heartbeatTimer);
        vertx.cancelTimer(silenceTimer);
    }

    /** A command has come. */
    void heard() {
        heardNs = home.nowNs();
        lastChance = false;
    }

    private void beat() {
        if (connection.writer().stuckSince(home.nowNs() - heartbeatMs * MS)) connection.close();
        else connection.writer().answer(Frame.HEARTBEAT);
    }

    private void watch(long delayNs) {
        silenceTimer = vertx.setTimer((delayNs + MS - 1) / MS, id -> checkSilence());
    }

    /**
     * Hearing a command moves no timer: whether one came is looked at when the time is up. When the
     * loop itself has been held up, what has come is still unread: it is read before the verdict.
     */
    private void checkSilence() {
        long leftNs = heardNs + 2L * heartbeatMs * MS - home.nowNs();
        if (connection.isPaused()) {
            watch(heartbeatMs * MS);
        } else if (leftNs > 0) {
            watch(leftNs);
        } else if (lastChance) {
            connection.expire();
        } else {
            lastChance = true;
            watch(MS);
        }
    }
}
