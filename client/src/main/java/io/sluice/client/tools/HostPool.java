package io.sluice.client.tools;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One host after the other, without those that failed a short while ago. */
final class HostPool implements Upstreams {
    private final List<String> hosts;
    private final Map<String, Rest> rests = new LinkedHashMap<>();
    private int at;

    HostPool(List<String> hosts) {
        this.hosts = List.copyOf(hosts);
        hosts.forEach(host -> rests.put(host, new Rest()));
    }

    @Override
    public synchronized String next(long nowNs) {
        for (int i = 0; i < hosts.size(); i++) {
            String host = hosts.get(at++ % hosts.size());
            if (isAlive(host, nowNs)) return host;
        }
        // When none is left, all of them are as good as any.
        rests.values().forEach(Rest::end);
        return hosts.get(at++ % hosts.size());
    }

    synchronized boolean isAlive(String host, long nowNs) {
        return rests.get(host).isOver(nowNs);
    }

    @Override
    public synchronized void succeeded(String host, long tookNs, long nowNs) {
        rests.get(host).end();
    }

    @Override
    public synchronized void failed(String host, long nowNs) {
        rests.get(host).begin(nowNs);
    }
}
