package io.sluice.nsqd.net;

import io.sluice.nsqd.stats.Datagrams;
import io.sluice.nsqd.stats.StatsFilter;
import io.sluice.nsqd.stats.StatsdLines;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.datagram.DatagramSocket;
import io.vertx.core.datagram.DatagramSocketOptions;
import java.util.List;

/**
 * Sends statistics to a statsd, over UDP, in regular batches. The datagrams of a batch are spread
 * over its interval but for the last second, so that they do not drown each other.
 */
public final class StatsdPush {
    private static final System.Logger LOG = System.getLogger(StatsdPush.class.getName());
    private static final StatsFilter NO_CLIENTS = new StatsFilter("", "", false);
    private static final long LAST_SECOND_MS = 1_000;

    private final Vertx vertx;
    private final StatsSource source;
    private final StatsdSettings settings;
    private final StatsdLines lines;
    private DatagramSocket socket;
    private boolean underWay;
    private volatile boolean closed;

    private StatsdPush(Vertx vertx, StatsSource source, StatsdSettings settings) {
        this.vertx = vertx;
        this.source = source;
        this.settings = settings;
        this.lines = new StatsdLines(settings.prefix(), settings.withEphemeral());
    }

    /** Starts. Nothing is sent before the first interval is over. */
    public static StatsdPush start(Loops loops, StatsSource source, StatsdSettings settings) {
        CoreLoop home = loops.get(0);
        StatsdPush push = new StatsdPush(home.vertx(), source, settings);
        home.run(() -> home.vertx().setPeriodic(settings.intervalMs(), id -> push.batch()));
        return push;
    }

    /** Sends no more; what is left of a batch is not sent either. */
    public void close() {
        closed = true;
    }

    private void batch() {
        // Only where timers are late: the counters go into the next batch.
        if (underWay || closed) return;
        underWay = true;
        source.take(
                        NO_CLIENTS,
                        settings.withMemory(),
                        stats ->
                                Datagrams.of(
                                        lines.next(stats.topics(), stats.memory()),
                                        settings.packetBytes()))
                .compose(this::send)
                .onFailure(this::failed)
                .onComplete(done -> underWay = false);
    }

    private void failed(Throwable e) {
        if (closed) return;
        LOG.log(
                System.Logger.Level.ERROR,
                "STATSD: cannot send to {0}: {1}",
                settings.address(),
                e.getMessage());
    }

    private Future<Void> send(List<byte[]> datagrams) {
        boolean isV6 = settings.address().host().indexOf(':') >= 0;
        socket = vertx.createDatagramSocket(new DatagramSocketOptions().setIpV6(isV6));
        long spreadMs = Math.max(0, settings.intervalMs() - LAST_SECOND_MS);
        long pauseMs = datagrams.isEmpty() ? 0 : spreadMs / datagrams.size();
        Future<Void> sent = Future.succeededFuture();
        for (byte[] datagram : datagrams) {
            sent = sent.compose(v -> send(Buffer.buffer(datagram))).compose(v -> pause(pauseMs));
        }
        return sent.eventually(socket::close);
    }

    private Future<Void> send(Buffer datagram) {
        return socket.send(datagram, settings.address().port(), settings.address().host());
    }

    private Future<Void> pause(long ms) {
        return ms == 0 ? Future.succeededFuture() : vertx.timer(ms).mapEmpty();
    }
}
