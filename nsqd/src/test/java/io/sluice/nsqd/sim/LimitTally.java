package io.sluice.nsqd.sim;

/** In how many worlds messages were refused, expired and evicted. */
final class LimitTally {
    int refused;
    int expired;
    int evicted;

    void add(long refusedThere, long expiredThere, long evictedThere) {
        if (refusedThere > 0) refused++;
        if (expiredThere > 0) expired++;
        if (evictedThere > 0) evicted++;
    }
}
