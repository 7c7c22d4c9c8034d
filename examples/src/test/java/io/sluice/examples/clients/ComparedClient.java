package io.sluice.examples.clients;

import java.util.function.Consumer;

/** A client library that is measured, with one publisher and any number of consumers. */
interface ComparedClient extends AutoCloseable {
    /** As its defaults are, save for what is said here. */
    String name();

    /** Returns when the daemon has taken the message. */
    void publishAndWait(String topic, byte[] body);

    /** Publishes in the batches that suit it best; returns when the daemon has taken all. */
    void publishAll(String topic, byte[] body, int count);

    /**
     * Consumes with 200 in flight and one handler thread, and finishes everything, until closed.
     */
    AutoCloseable consume(String topic, Consumer<byte[]> handler);

    @Override
    void close();
}
