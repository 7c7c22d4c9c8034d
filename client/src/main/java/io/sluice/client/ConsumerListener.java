package io.sluice.client;

/**
 * Told what happens to a consumer: for logs, alarms and metrics. Its methods are called by the
 * consumer's threads, several at a time, and must not block them, save for {@link #gaveUp}, which a
 * handler thread calls.
 */
public interface ConsumerListener {
    /** Messages can come from this daemon. */
    default void connected(NsqdAddress nsqd) {}

    /** No connection could be made to this daemon, or the one there was is lost. */
    default void disconnected(NsqdAddress nsqd, NsqException why) {}

    /** A message came; it waits for its handler now. */
    default void received(ReceivedMessage message) {}

    /** The message was finished, {@code elapsedNs} nanoseconds after it came. */
    default void finished(ReceivedMessage message, long elapsedNs) {}

    /** The message was given back, {@code elapsedNs} nanoseconds after it came. */
    default void requeued(ReceivedMessage message, long elapsedNs) {}

    /** The message was delivered more often than the options allow, and will now be finished. */
    default void gaveUp(ReceivedMessage message) {}

    /**
     * The message's handler threw this, and the message was given back unless it had been answered.
     */
    default void handlerFailed(ReceivedMessage message, Throwable why) {}

    /** The daemon did not take an answer; it delivers the message again. */
    default void answerRefused(NsqdAddress nsqd, AnswerRefusedException why) {}

    /** Consuming has slowed down because messages failed, or goes on as usual again. */
    default void backingOff(boolean on) {}

    /** The consumer is closed, and with it all its connections. */
    default void closed() {}
}
