package io.sluice.nsqd.crash;

/**
 * What a client did or saw. Times are of one clock, in nanoseconds; lives of the daemon are
 * numbered. A message is known by its body.
 */
sealed interface Event {
    /** A message as one channel has it. */
    record Copy(String topic, String channel, String message) {}

    /** A channel was made; it gets what is sent after {@code atNs}. */
    record ChannelMade(String topic, String channel, long atNs) implements Event {}

    /**
     * A message goes to the daemon.
     *
     * @param dueNs when it may be delivered
     * @param promised true when it must not be lost once it is acknowledged
     */
    record Sent(String topic, String message, long sentNs, long dueNs, boolean promised)
            implements Event {}

    /** The daemon said OK to it. */
    record Acknowledged(String message) implements Event {}

    /** A delivery. */
    record Received(Copy copy, int life, int attempts, long atNs) implements Event {}

    /** FIN has been sent for a delivery; it may have reached the daemon or not. */
    record Finished(Copy copy, int life, int attempts) implements Event {}

    /** Likewise REQ; it must not come before {@code untilNs} if it has. */
    record Requeued(Copy copy, int life, int attempts, long untilNs) implements Event {}

    /** The daemon said no to what it has to accept. */
    record Refused(String what) implements Event {}
}
