package io.sluice.nsqd.core;

/**
 * What {@code /stats} shows of how a topic is stored.
 *
 * @param chosen the durability that the topic was given; null for the daemon's
 * @param diskBytes of its log
 * @param damagedCount entries of its log that could not be read, since the daemon started
 */
public record StoreStats(
        Durability durability, Durability chosen, long diskBytes, long damagedCount) {}
