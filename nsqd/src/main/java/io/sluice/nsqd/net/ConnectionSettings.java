package io.sluice.nsqd.net;

import io.sluice.protocol.Limits;

/**
 * What a connection is allowed and what it starts with. Times in milliseconds.
 *
 * @param version as told to clients
 * @param msgTimeoutMs in-flight timeout of clients that ask for none
 * @param outputBufferTimeoutMs likewise, for how long messages may be gathered
 * @param deflate whether clients may compress with it
 * @param snappy likewise
 */
public record ConnectionSettings(
        Limits limits,
        String version,
        int maxHeartbeatMs,
        int msgTimeoutMs,
        int maxMsgTimeoutMs,
        int maxOutputBufferSize,
        int outputBufferTimeoutMs,
        int minOutputBufferTimeoutMs,
        int maxOutputBufferTimeoutMs,
        boolean deflate,
        int maxDeflateLevel,
        boolean snappy,
        String topologyRegion,
        String topologyZone) {
    /** What a client is sent heartbeats at until it asks for something else. */
    static final int HEARTBEAT_MS = 30_000;

    /** Bytes gathered before they are sent, likewise. */
    static final int OUTPUT_BUFFER_SIZE = 16_384;
}
