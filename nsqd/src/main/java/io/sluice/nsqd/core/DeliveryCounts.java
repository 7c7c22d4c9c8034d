package io.sluice.nsqd.core;

/**
 * Messages sent to consumers, repetitions included, by how near these are.
 *
 * @param zoneLocal to consumers in the daemon's zone
 * @param regionLocal to others in its region
 * @param global to all others; when the daemon does not prefer anybody, to all
 */
public record DeliveryCounts(long zoneLocal, long regionLocal, long global) {
    /** Messages sent to anybody. */
    public long total() {
        return zoneLocal + regionLocal + global;
    }
}
