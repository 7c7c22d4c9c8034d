package io.sluice.client;

/**
 * Told what happens to a producer: for logs, alarms and metrics. Its methods are called by the
 * producer's threads, several at a time, and must not block them.
 */
public interface ProducerListener {
    /** Messages can go to this daemon. */
    default void connected(NsqdAddress nsqd) {}

    /** No connection could be made to this daemon, or the one there was is lost. */
    default void disconnected(NsqdAddress nsqd, NsqException why) {}

    /**
     * The daemon has taken what one call published, {@code elapsedNs} nanoseconds after that call.
     *
     * @param bytes of all their bodies
     */
    default void published(String topic, int messages, long bytes, long elapsedNs) {}

    /** What one call published has failed. */
    default void failed(String topic, int messages, NsqException why) {}
}
