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

    /** When an acknowledged message must not be lost. */
    enum Promise {
        ALWAYS,
        /**
         * When it was on disk before the daemon was killed, as it was if a later one of the same
         * publisher has survived.
         */
        ONCE_ON_DISK,
        NEVER
    }

    /**
     * A message goes to the daemon.
     *
     * @param publisher who waits for an answer before it sends the next one
     * @param number of the message among those of its publisher
     * @param dueNs when it may be delivered
     */
    record Sent(
            String topic,
            String publisher,
            int number,
            int life,
            long sentNs,
            long dueNs,
            Promise promise)
            implements Event {
        String message() {
            return publisher + "-" + number;
        }
    }

    /** The daemon said OK to it. */
    record Acknowledged(String message) implements Event {}

    /**
     * A delivery.
     *
     * @param ending true when the daemon had been told to end: FIN and REQ may not reach it then
     */
    record Received(Copy copy, int life, int attempts, long atNs, boolean ending)
            implements Event {}

    /** FIN has been sent for a delivery; it may have reached the daemon or not. */
    record Finished(Copy copy, int life, int attempts) implements Event {}

    /** Likewise REQ; it must not come before {@code untilNs} if it has. */
    record Requeued(Copy copy, int life, int attempts, long untilNs) implements Event {}

    /** The daemon said no to what it has to accept. */
    record Refused(String what) implements Event {}
}
