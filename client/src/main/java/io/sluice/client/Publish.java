package io.sluice.client;

import io.sluice.protocol.Bytes;
import io.sluice.protocol.Command;
import io.sluice.protocol.TopicName;
import java.lang.System.Logger.Level;
import java.util.List;

/** One call of {@code publish}. Whoever holds it, the queue or a connection, alone changes it. */
final class Publish {
    /** The daemon's answer: completes with null or with an {@link NsqException}. */
    final Answer answer = new Answer();

    /** How many connections were lost while they owed its answer. */
    int losses;

    /** The last of these losses: from then on nobody can say any more that it was not taken. */
    ConnectionLostException loss;

    /** True once a batch with it was refused: it must not spoil another. */
    boolean alone;

    private final TopicName topic;
    private final List<Bytes> bodies;
    private final Long delayMs;
    private final long byteCount;
    private final long startNs = System.nanoTime();

    /**
     * A publish of one message or of several.
     *
     * @param delayMs when it is a deferred one, null when not
     */
    Publish(TopicName topic, List<Bytes> bodies, Long delayMs) {
        this.topic = topic;
        this.bodies = bodies;
        this.delayMs = delayMs;
        long bytes = 0;
        for (Bytes body : bodies) bytes += body.length();
        byteCount = bytes;
    }

    /** Tells how it ended: with {@code failure} or, when that is null, well. */
    void tell(ProducerListener listener, NsqException failure) {
        try {
            if (failure != null) listener.failed(topic.value(), messageCount(), failure);
            else {
                long elapsedNs = System.nanoTime() - startNs;
                listener.published(topic.value(), messageCount(), byteCount, elapsedNs);
            }
        } catch (RuntimeException e) {
            Log.LOGGER.log(Level.WARNING, "the listener failed", e);
        }
    }

    int messageCount() {
        return bodies.size();
    }

    /** Bytes of the bodies. */
    long byteCount() {
        return byteCount;
    }

    TopicName topic() {
        return topic;
    }

    Bytes onlyBody() {
        return bodies.get(0);
    }

    /** True for a PUB that may go out inside an MPUB. */
    boolean batchable() {
        return bodies.size() == 1 && delayMs == null && !alone;
    }

    Command command() {
        if (delayMs != null) return new Command.Dpub(topic, delayMs, onlyBody());
        if (bodies.size() == 1) return new Command.Pub(topic, onlyBody());
        return new Command.Mpub(topic, bodies);
    }
}
