package io.sluice.client.tools;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The timings of all hosts together and, when there are several, of each. */
final class HostTimings {
    private final Timings all;
    private final Map<String, Timings> each = new HashMap<>();

    HostTimings(List<String> hosts, int every) {
        all = new Timings("aggregate", every);
        if (hosts.size() == 1) return;
        for (String host : hosts) each.put(host, new Timings(host, every));
    }

    void add(String host, long ns) {
        Timings one = each.get(host);
        if (one != null) one.add(ns);
        all.add(ns);
    }
}
