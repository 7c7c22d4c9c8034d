package io.sluice.examples.logs;

import io.sluice.client.MessageHandler;
import io.sluice.client.ReceivedMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Gathers messages that are to be answered together. */
final class Batches implements MessageHandler {
    private final BlockingQueue<ReceivedMessage> came = new LinkedBlockingQueue<>();
    private final int maxMessages;
    private final long lingerNs;

    /**
     * Batches of at most this size. The consumer's {@code maxInFlight} limits what is held.
     *
     * @param linger how long a batch waits for more behind its first message
     */
    Batches(int maxMessages, Duration linger) {
        this.maxMessages = maxMessages;
        lingerNs = linger.toNanos();
    }

    @Override
    public void handle(ReceivedMessage message) {
        message.answerLater();
        came.add(message);
    }

    /** Waits for the next batch, which has at least one message. */
    List<ReceivedMessage> next() throws InterruptedException {
        List<ReceivedMessage> batch = new ArrayList<>();
        batch.add(came.take());
        long endNs = System.nanoTime() + lingerNs;
        while (batch.size() < maxMessages) {
            came.drainTo(batch, maxMessages - batch.size());
            ReceivedMessage more =
                    batch.size() == maxMessages
                            ? null
                            : came.poll(endNs - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (more == null) break;
            batch.add(more);
        }
        return batch;
    }
}
