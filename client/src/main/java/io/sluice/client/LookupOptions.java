package io.sluice.client;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How lookup nodes are asked for daemons; the builders of {@link ConsumerOptions} and {@link
 * ProducerOptions} have the defaults.
 *
 * @param nodes URLs of the nodes, each with the path that answers; none
 * @param interval how often all of them are asked; 60 s
 * @param jitter up to which part of the interval the second question is put off, so that not all
 *     clients ask at once, 0 to 1; 0.3
 * @param timeout longest wait for a node to connect, and to answer; 5 s
 * @param authorization whether the secret of {@link ConnectionOptions#authSecret}, if there is one,
 *     goes along as a bearer token, as NSQ's clients do; true
 */
public record LookupOptions(
        List<URI> nodes,
        Duration interval,
        double jitter,
        Duration timeout,
        boolean authorization) {
    static final LookupOptions DEFAULT =
            new LookupOptions(List.of(), Duration.ofSeconds(60), 0.3, Duration.ofSeconds(5), true);

    /** Throws IllegalArgumentException for a value out of its range. */
    public LookupOptions {
        nodes = List.copyOf(nodes);
        Ranges.within("lookupInterval", interval, Duration.ofMillis(10), Duration.ofHours(1));
        if (!(jitter >= 0 && jitter <= 1)) {
            throw new IllegalArgumentException("lookupJitter " + jitter + " is not within 0 and 1");
        }
        Ranges.within("lookupTimeout", timeout, Duration.ofMillis(1), Duration.ofHours(1));
    }

    LookupOptions poll(Duration interval, double jitter) {
        return new LookupOptions(nodes, interval, jitter, timeout, authorization);
    }

    LookupOptions timeout(Duration longest) {
        return new LookupOptions(nodes, interval, jitter, longest, authorization);
    }

    LookupOptions authorization(boolean on) {
        return new LookupOptions(nodes, interval, jitter, timeout, on);
    }

    LookupOptions and(URI node) {
        List<URI> more = new ArrayList<>(nodes);
        more.add(node);
        return new LookupOptions(more, interval, jitter, timeout, authorization);
    }
}
