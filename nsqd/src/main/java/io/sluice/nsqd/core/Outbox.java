package io.sluice.nsqd.core;

/** The way to one consumer: its connection, or a simulated one. */
public interface Outbox {
    /** False while so much waits unsent that no more messages may be added. */
    boolean hasRoom();

    /** Sends a message. What it says now may change later: it must be copied. */
    void push(Delivery delivery);

    /** The channel is gone, and so must be the consumer. Must not call back into the core. */
    void close();
}
