package io.sluice.lookupd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A lookup node that a thousand queue daemons of a hundred topics each are connected to: how long
 * its answers take. Beside it, in turns, the one that {@link RunningLookupd} is told of, if any. No
 * build runs it: {@code -Dtest=LookupBench} does. {@code ulimit -n} has to allow 4,000 and more.
 */
class LookupBench {
    private static final int DAEMONS = 1_000;
    private static final int TOPICS = 100;

    /** Of the topics that only some have. */
    private static final int SHARED_BY = 10;

    private static final int WARM_UPS = 3;
    private static final int ROUNDS = 10;
    private static final int LOOKUPS = 200;
    private static final int NODES = 10;

    private final Map<String, long[][]> results = new LinkedHashMap<>();

    /** Takes about a minute; with another one as slow as NSQ's, some more. */
    @Test
    void compare() throws Exception {
        List<RunningLookupd> sides = new ArrayList<>(List.of(RunningLookupd.own()));
        if (System.getProperty("lookupd.tcp") != null) sides.add(RunningLookupd.any());
        List<Peer> peers = new ArrayList<>();
        for (RunningLookupd side : sides) {
            for (int i = 0; i < DAEMONS; i++) peers.add(register(side, i));
        }
        for (int round = -WARM_UPS; round < ROUNDS; round++) {
            for (int side = 0; side < sides.size(); side++) measure(round, side, sides.get(side));
        }
        print(sides.size());
        for (Peer peer : peers) peer.close();
        for (RunningLookupd side : sides) side.close();
    }

    /** Half of its topics all others have too, the other half only some. */
    private static Peer register(RunningLookupd lookupd, int daemon) throws IOException {
        Peer peer = lookupd.connect().introduce("host" + daemon + ".example.com");
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < TOPICS; i++) {
            lines.append("REGISTER ").append(topic(daemon, i)).append(" channel\n");
        }
        peer.send(lines.toString());
        for (int i = 0; i < TOPICS; i++) assertThat(peer.answer()).isEqualTo("OK");
        return peer;
    }

    private static String topic(int daemon, int number) {
        return number % 2 == 0 ? "all" + number : "some" + daemon / SHARED_BY + "-" + number;
    }

    private void measure(int round, int side, RunningLookupd lookupd) throws IOException {
        ask(round, side, lookupd, "/lookup?topic=some7-1", LOOKUPS, SHARED_BY);
        ask(round, side, lookupd, "/lookup?topic=all0", LOOKUPS, DAEMONS);
        ask(round, side, lookupd, "/nodes", NODES, DAEMONS);
    }

    private void ask(
            int round, int side, RunningLookupd lookupd, String uri, int times, int producers)
            throws IOException {
        JsonNode answer = lookupd.get(uri).get("producers");
        assertThat(answer.size()).as(uri).isEqualTo(producers);
        for (int i = 0; i < times; i++) {
            long startNs = System.nanoTime();
            assertThat(lookupd.request("GET", uri).statusCode()).isEqualTo(200);
            long elapsedNs = System.nanoTime() - startNs;
            if (round < 0) continue;
            results.computeIfAbsent(uri, key -> new long[2][ROUNDS * times])[side][
                            round * times + i] =
                    elapsedNs;
        }
    }

    private void print(int sides) {
        System.out.printf(
                "%-24s %24s %24s%n", "milliseconds", "sluice p50 / p99", "other p50 / p99");
        results.forEach(
                (uri, ns) -> {
                    String other = sides == 1 ? "" : shown(ns[1]);
                    System.out.printf("%-24s %24s %24s%n", uri, shown(ns[0]), other);
                });
    }

    private static String shown(long[] ns) {
        Arrays.sort(ns);
        return "%.2f / %.2f".formatted(ns[ns.length / 2] / 1e6, ns[ns.length * 99 / 100] / 1e6);
    }
}
