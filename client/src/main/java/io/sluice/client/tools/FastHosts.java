package io.sluice.client.tools;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Mostly hosts that answer fast, in proportion to their speed, and now and then any, to learn how
 * fast they are ("epsilon-greedy"). Those that failed a short while ago are left out.
 */
final class FastHosts implements Upstreams {
    private static final double FIRST_EPSILON = 0.3;
    private static final double LAST_EPSILON = 0.01;
    private static final double DECAY = 0.9;
    private static final long DECAY_EVERY_NS = Duration.ofMillis(2_500).toNanos();

    /** How much the newest time counts in a host's average. */
    private static final double NEWEST = 0.1;

    private final List<String> hosts;
    private final HostPool pool;
    private final Random random;
    private final Map<String, Double> averageNs = new HashMap<>();
    private double epsilon = FIRST_EPSILON;
    private long decayNs;
    private boolean started;

    FastHosts(List<String> hosts, Random random) {
        this.hosts = List.copyOf(hosts);
        this.random = random;
        pool = new HostPool(hosts);
    }

    @Override
    public synchronized String next(long nowNs) {
        decay(nowNs);
        List<String> known =
                hosts.stream()
                        .filter(host -> averageNs.containsKey(host) && pool.isAlive(host, nowNs))
                        .toList();
        if (known.isEmpty() || random.nextDouble() < epsilon) return pool.next(nowNs);
        double left = random.nextDouble() * known.stream().mapToDouble(this::speed).sum();
        for (String host : known) {
            left -= speed(host);
            if (left < 0) return host;
        }
        return known.get(known.size() - 1);
    }

    private double speed(String host) {
        return 1 / averageNs.get(host);
    }

    private void decay(long nowNs) {
        if (!started) decayNs = nowNs;
        started = true;
        while (epsilon > LAST_EPSILON && nowNs - decayNs >= DECAY_EVERY_NS) {
            epsilon = Math.max(LAST_EPSILON, epsilon * DECAY);
            decayNs += DECAY_EVERY_NS;
        }
    }

    @Override
    public synchronized void succeeded(String host, long tookNs, long nowNs) {
        pool.succeeded(host, tookNs, nowNs);
        double took = Math.max(1, tookNs);
        averageNs.merge(host, took, (old, newest) -> old + NEWEST * (newest - old));
    }

    @Override
    public synchronized void failed(String host, long nowNs) {
        pool.failed(host, nowNs);
    }
}
