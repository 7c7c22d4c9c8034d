package io.sluice.nsqd.net;

import io.sluice.daemon.HostAndPort;

/**
 * Where and how statistics are pushed.
 *
 * @param intervalMs between batches, and before the first
 * @param prefix of all names, ready to use
 * @param packetBytes of a datagram
 */
public record StatsdSettings(
        HostAndPort address,
        long intervalMs,
        String prefix,
        int packetBytes,
        boolean withMemory,
        boolean withEphemeral) {}
