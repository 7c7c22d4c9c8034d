package io.sluice.nsqd.core;

/** What waits for a consumer: a message that nobody was sent yet, or one that came back. */
sealed interface Queued permits Publication, Delivery {
    Publication publication();

    /** How often it has been sent in this channel. */
    int attempts();

    /** What becomes of it when it is sent. */
    Delivery delivery();

    /** What the log needs to know to deliver it again, at once. */
    default LogEntry.Ref ref() {
        return new LogEntry.Ref(publication().lsn(), attempts(), 0);
    }
}
