package io.sluice.client;

import java.lang.System.Logger.Level;

/** The producer's sending thread: connects when there is something to send, and writes it. */
final class PublishSender implements Runnable {
    /** Bytes of message bodies that are encoded and written in one go. */
    private static final long CHUNK_BYTES = 256 * 1024;

    private final ProducerOptions options;
    private final PublishQueue queue;
    private final ReconnectDelay delay;
    private PublishConnection connection;
    private int nextAddress;
    private long retryTimeNs = System.nanoTime();

    PublishSender(ProducerOptions options, PublishQueue queue) {
        this.options = options;
        this.queue = queue;
        delay =
                new ReconnectDelay(
                        options.reconnectDelay().toNanos(), options.maxReconnectDelay().toNanos());
    }

    @Override
    public void run() {
        while (queue.awaitWork()) {
            if (queue.takeHeartbeat()) answerHeartbeat();
            else if (connected()) connection.send(queue.take(CHUNK_BYTES));
        }
        if (connection != null) connection.close();
        queue.failWaiting(new ClientClosedException());
    }

    private void answerHeartbeat() {
        if (connection != null && connection.isOpen()) connection.sendNop();
    }

    private boolean connected() {
        if (connection != null && connection.isOpen()) return true;
        if (connection != null) waitLongerUnlessItAnswered();
        queue.awaitTime(retryTimeNs);
        connection = connect();
        return connection != null;
    }

    /** A daemon that accepts connections and drops them at once is not to be hammered. */
    private void waitLongerUnlessItAnswered() {
        if (connection.hasAnswered()) delay.reset();
        else retryTimeNs = System.nanoTime() + delay.take();
        connection = null;
    }

    /** Tries each daemon once; when all fail, so does everything that is waiting. */
    private PublishConnection connect() {
        ConnectFailedException failure = null;
        for (int i = 0; i < options.nsqds().size(); i++) {
            NsqdAddress address = options.nsqds().get(nextAddress);
            nextAddress = (nextAddress + 1) % options.nsqds().size();
            try {
                return PublishConnection.open(address, options, queue);
            } catch (ConnectFailedException e) {
                Log.LOGGER.log(Level.INFO, e.getMessage());
                failure = e;
            }
        }
        retryTimeNs = System.nanoTime() + delay.take();
        queue.failWaiting(failure);
        return null;
    }
}
