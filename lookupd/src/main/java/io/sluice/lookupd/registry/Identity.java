package io.sluice.lookupd.registry;

/**
 * What a queue daemon says of itself.
 *
 * @param broadcastAddress where clients reach it
 * @param topologyZone empty when it has none
 * @param topologyRegion empty when it has none
 */
public record Identity(
        String broadcastAddress,
        String hostname,
        Ports ports,
        String version,
        String topologyZone,
        String topologyRegion) {
    /** The ports of both its listeners. */
    public record Ports(int tcp, int http) {}

    /** The form in which a tombstone names it: {@code <broadcast address>:<HTTP port>}. */
    public String node() {
        return broadcastAddress + ":" + ports.http();
    }
}
