package io.sluice.client;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** One of a producer's sending threads: connects when there is something to send, and writes it. */
final class PublishSender implements Runnable {
    private final ProducerOptions options;
    private final PublishQueue queue;
    private final Directory directory;
    private final AtomicInteger connectionCount;
    private final ReconnectDelay delay;
    private volatile PublishConnection connection;
    private int nextAddress;
    private long retryTimeNs = System.nanoTime();

    /**
     * A sender that begins with the daemon at this index.
     *
     * @param connectionCount how many senders have a connection
     */
    PublishSender(
            ProducerOptions options,
            PublishQueue queue,
            Directory directory,
            int firstAddress,
            AtomicInteger connectionCount) {
        this.options = options;
        this.queue = queue;
        this.directory = directory;
        nextAddress = firstAddress;
        this.connectionCount = connectionCount;
        delay =
                new ReconnectDelay(
                        options.reconnectDelay().toNanos(), options.maxReconnectDelay().toNanos());
    }

    @Override
    public void run() {
        while (queue.awaitWork(this::isHeartbeatDue)) {
            if (isHeartbeatDue()) connection.answerHeartbeat();
            else if (connected()) connection.sendWaiting();
        }
        if (connection != null) connection.close();
        queue.failWaiting(new ClientClosedException());
    }

    /** Any thread: sends it at once if nothing is under way here; false when it has to wait. */
    boolean sendNow(Publish publish) {
        PublishConnection to = connection;
        return to != null && to.sendNow(publish);
    }

    private boolean isHeartbeatDue() {
        return connection != null && connection.isOpen() && connection.isHeartbeatDue();
    }

    private boolean connected() {
        if (connection != null && connection.isOpen()) return true;
        if (connection != null) waitLongerUnlessItAnswered();
        queue.awaitTime(retryTimeNs);
        connection = connect();
        if (connection != null) connectionCount.incrementAndGet();
        return connection != null;
    }

    /** A daemon that accepts connections and drops them at once is not to be hammered. */
    private void waitLongerUnlessItAnswered() {
        if (connection.hasAnswered()) delay.reset();
        else retryTimeNs = System.nanoTime() + delay.take();
        connection = null;
        connectionCount.decrementAndGet();
    }

    /** Tries each daemon once. When all fail, so does what waits, unless another sender can go. */
    private PublishConnection connect() {
        NsqException failure = new NoNsqdException();
        List<NsqdAddress> nsqds = directory.nsqds();
        for (int i = 0; i < nsqds.size(); i++) {
            NsqdAddress address = nsqds.get(nextAddress % nsqds.size());
            nextAddress = (nextAddress + 1) % nsqds.size();
            try {
                return PublishConnection.open(address, options, queue);
            } catch (ConnectFailedException e) {
                Log.LOGGER.log(Level.INFO, e.getMessage());
                options.listener().disconnected(address, e);
                failure = e;
            }
        }
        retryTimeNs = System.nanoTime() + delay.take();
        directory.askSoon();
        if (connectionCount.get() == 0) queue.failWaiting(failure);
        return null;
    }
}
