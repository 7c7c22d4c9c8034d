package io.sluice.nsqd.core;

/**
 * A client as it introduced itself. A new value replaces the old one when it identifies again.
 *
 * @param connection unique among all connections of this daemon
 * @param connectedNs when it connected, nanoseconds since the epoch
 * @param remoteAddress host and port
 * @param topologyRegion where the client says it is; empty when it does not
 * @param topologyZone likewise
 * @param heartbeatMs time between heartbeats; -1 for none
 * @param outputBufferSize bytes gathered before they are sent; 1 for no gathering
 * @param outputBufferTimeoutMs longest time that a message may be gathered; 0 for no limit
 * @param msgTimeoutMs time until an unfinished message is sent again
 * @param sampleRate percentage of messages to get; 0 for all
 * @param link what the connection is, which the client does not choose alone
 */
public record ClientSettings(
        long connection,
        long connectedNs,
        String remoteAddress,
        String clientId,
        String hostname,
        String userAgent,
        String topologyRegion,
        String topologyZone,
        int heartbeatMs,
        int outputBufferSize,
        int outputBufferTimeoutMs,
        int msgTimeoutMs,
        int sampleRate,
        ClientLink link) {
    /** The same client on what its connection has become. */
    public ClientSettings with(ClientLink newLink) {
        return new ClientSettings(
                connection,
                connectedNs,
                remoteAddress,
                clientId,
                hostname,
                userAgent,
                topologyRegion,
                topologyZone,
                heartbeatMs,
                outputBufferSize,
                outputBufferTimeoutMs,
                msgTimeoutMs,
                sampleRate,
                newLink);
    }
}
