package io.sluice.client;

import io.sluice.protocol.Bytes;
import io.sluice.protocol.TopicName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Publishes messages. Any thread may use it; all share one connection, or as many as the options
 * say, on which publishes do not wait for each other's answers.
 *
 * <p>Every publish returns a future that completes with null when the daemon has taken all of it,
 * and with an {@link NsqException} when it has not or when nobody can say. Nothing is sent twice
 * unless {@link ProducerOptions#maxResends} says so; what follows a refused publish on its
 * connection is sent anew, as the daemon has looked at none of it.
 *
 * <p>Connects at the first publish. Messages arrive in the order of the calls for as long as a
 * connection holds, when there is only one. What is chained to the futures runs on the producer's
 * own threads, or on one that waits in {@code join} for another answer, and must not block them; a
 * publish from there fails with {@link InFlightLimitException} rather than wait.
 */
public final class Producer implements AutoCloseable {
    private final ProducerOptions options;
    private final PublishQueue queue;
    private final Directory directory;
    private final List<PublishSender> senders = new ArrayList<>();
    private final List<IoThread> threads = new ArrayList<>();

    /** A producer with these options; it connects later. */
    public Producer(ProducerOptions options) {
        this.options = options;
        queue = new PublishQueue(options);
        directory = new Directory(options);
        AtomicInteger connectionCount = new AtomicInteger();
        for (int i = 0; i < options.connections(); i++) {
            PublishSender sender = new PublishSender(options, queue, directory, i, connectionCount);
            senders.add(sender);
            threads.add(new IoThread(queue, "nsq-producer-" + i, sender));
        }
        directory.start();
        threads.forEach(Thread::start);
    }

    /** Publishes one message of at least one byte. */
    public CompletableFuture<Void> publish(String topic, Bytes body) {
        return publish(topic, List.of(body), null);
    }

    /** Publishes messages as one batch: all or none, save for {@link PublishRefusedException}. */
    public CompletableFuture<Void> publish(String topic, List<Bytes> bodies) {
        return publish(topic, List.copyOf(bodies), null);
    }

    /**
     * Publishes a message that consumers get {@code delay} from now at the earliest, in whole
     * milliseconds. The daemon refuses more than its {@code --max-req-timeout}, which is 1 h.
     *
     * @throws IllegalArgumentException when the delay is negative
     */
    public CompletableFuture<Void> publishDeferred(String topic, Bytes body, Duration delay) {
        if (delay.isNegative()) throw new IllegalArgumentException("delay is negative: " + delay);
        return publish(topic, List.of(body), delay.toMillis());
    }

    private CompletableFuture<Void> publish(String topic, List<Bytes> bodies, Long delayMs) {
        try {
            check(topic, bodies);
            Publish publish = new Publish(new TopicName(topic), bodies, delayMs);
            queue.add(publish, !IoThread.isOf(queue), this::sendNow);
            return publish.answer;
        } catch (NsqException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private boolean sendNow(Publish publish) {
        for (PublishSender sender : senders) {
            if (sender.sendNow(publish)) return true;
        }
        return false;
    }

    /** Refuses here what the daemon would refuse, as that costs the connection. */
    private void check(String topic, List<Bytes> bodies) {
        if (!TopicName.isValid(topic)) {
            throw new BadTopicException("E_BAD_TOPIC topic name \"" + topic + "\" is not valid");
        }
        if (bodies.isEmpty()) throw new BadMessageException("E_BAD_BODY the batch is empty");
        long batchBytes = 4;
        for (Bytes body : bodies) {
            int max = options.maxMessageBytes();
            if (body.length() == 0) throw new BadMessageException("E_BAD_MESSAGE body is empty");
            if (body.length() > max) {
                throw new BadMessageException(
                        "E_BAD_MESSAGE message too big " + body.length() + " > " + max);
            }
            batchBytes += 4 + body.length();
        }
        if (bodies.size() > 1 && batchBytes > options.maxBodyBytes()) {
            throw new BadMessageException(
                    "E_BAD_BODY batch too big " + batchBytes + " > " + options.maxBodyBytes());
        }
    }

    /**
     * Takes no more publishes, waits up to {@link ProducerOptions#closeTimeout} for the answers to
     * those it has, and closes. What has no answer then fails: with {@link ClientClosedException}
     * when it was not sent, with {@link ConnectionLostException} when it was.
     */
    @Override
    public void close() {
        boolean mayWait = !IoThread.isOf(queue);
        queue.close(mayWait ? options.closeTimeout().toNanos() : 0);
        queue.end();
        directory.close();
        if (mayWait) joinSenders();
    }

    private void joinSenders() {
        try {
            // One may be inside a connect, which has a time limit of its own.
            for (IoThread thread : threads) {
                thread.join(options.connection().dialTimeout().toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
