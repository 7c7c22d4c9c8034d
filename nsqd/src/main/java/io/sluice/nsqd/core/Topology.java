package io.sluice.nsqd.core;

/**
 * Where this daemon is, and whether it prefers consumers that are near.
 *
 * @param preferred false when everybody is as good as everybody else
 * @param region empty when unknown
 * @param zone empty when unknown
 */
public record Topology(boolean preferred, String region, String zone) {
    /** Of a daemon that does not care. */
    public static final Topology IGNORED = new Topology(false, "", "");

    Nearness of(ClientSettings client) {
        if (!preferred) return Nearness.GLOBAL;
        if (!zone.isEmpty() && zone.equals(client.topologyZone())) return Nearness.ZONE;
        if (!region.isEmpty() && region.equals(client.topologyRegion())) return Nearness.REGION;
        return Nearness.GLOBAL;
    }
}
