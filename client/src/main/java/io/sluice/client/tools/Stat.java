package io.sluice.client.tools;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Prints a line for each interval, the sum over all daemons that have the channel. */
final class Stat implements Job {
    private static final System.Logger LOG = System.getLogger(Stat.class.getName());

    /** Samples for which one header stays in sight. */
    private static final int HEADER_EVERY = 25;

    private final StatOptions options;
    private final PrintStream out;
    private final HttpJson http;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(
                    task -> {
                        Thread thread = new Thread(task, "stat");
                        thread.setDaemon(true);
                        return thread;
                    });
    private ChannelTotals before;
    private int samples;

    private Stat(StatOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
        http = new HttpJson(options.httpConnectTimeout, options.httpRequestTimeout);
    }

    /** Throws IllegalArgumentException for options that do not go. */
    static Stat start(StatOptions options, PrintStream out) {
        options.validate();
        Stat stat = new Stat(options, out);
        long everyNs = options.interval.toNanos();
        stat.clock.scheduleAtFixedRate(stat::sample, 0, everyNs, TimeUnit.NANOSECONDS);
        return stat;
    }

    private void sample() {
        try {
            ChannelTotals now = totals();
            if (samples % HEADER_EVERY == 0) out.println(ChannelTotals.HEADER);
            if (before != null) out.println(now.line(before, options.interval));
            out.flush();
            if (out.checkError()) throw new IOException("cannot write the output");
            before = now;
            boolean enough = options.count != null && samples == options.count;
            samples++;
            if (enough) ended.complete(null);
        } catch (IOException | RuntimeException e) {
            ended.completeExceptionally(e);
        }
    }

    private ChannelTotals totals() throws IOException {
        List<String> daemons =
                options.nsqdHttpAddresses.isEmpty()
                        ? new LookupNodes(options.lookupdHttpAddresses, http).daemons(options.topic)
                        : options.nsqdHttpAddresses;
        ChannelTotals sum = null;
        IOException failure = null;
        for (String daemon : daemons) {
            try {
                ChannelTotals one = ChannelTotals.of(stats(daemon), options.topic, options.channel);
                if (one != null) sum = one.plus(sum);
            } catch (IOException e) {
                LOG.log(Level.WARNING, "no statistics from " + e.getMessage());
                failure = e;
            }
        }
        if (sum != null) return sum;
        if (failure != null) throw failure;
        throw new IOException(
                "failed to find channel(%s) in stats metadata for topic(%s)"
                        .formatted(options.channel, options.topic));
    }

    private Map<?, ?> stats(String daemon) throws IOException {
        return http.get(
                daemon,
                "/stats?format=json&include_clients=false&include_mem=false&topic="
                        + options.topic.replace("#", "%23")
                        + "&channel="
                        + options.channel.replace("#", "%23"));
    }

    @Override
    public CompletableFuture<Void> ended() {
        return ended;
    }

    @Override
    public void stop() {
        clock.shutdownNow();
    }
}
