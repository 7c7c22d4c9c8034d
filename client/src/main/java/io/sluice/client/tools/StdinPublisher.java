package io.sluice.client.tools;

import io.sluice.client.Producer;
import io.sluice.protocol.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Publishes the pieces of a stream, each to all daemons, in order. */
final class StdinPublisher implements Job, Runnable {
    private static final System.Logger LOG = System.getLogger(StdinPublisher.class.getName());
    private static final long REPORT_EVERY_NS = Duration.ofSeconds(10).toNanos();

    private final ToNsqOptions options;
    private final Pieces pieces;
    private final Map<String, Producer> producers = new LinkedHashMap<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final AtomicLong published = new AtomicLong();
    private final long startNs = System.nanoTime();
    private volatile boolean stopping;
    private boolean stopped;
    private long reportNs = startNs + REPORT_EVERY_NS;

    private StdinPublisher(ToNsqOptions options, InputStream in) {
        this.options = options;
        pieces = new Pieces(in, (byte) options.delimiter.charAt(0));
        for (String address : options.nsqdTcpAddresses) {
            producers.computeIfAbsent(
                    address, a -> Destination.producer("to_nsq", a, options.producerOpts));
        }
    }

    /** Throws IllegalArgumentException for options that do not go. */
    static StdinPublisher start(ToNsqOptions options, InputStream in) {
        options.validate();
        StdinPublisher publisher = new StdinPublisher(options, in);
        Thread thread = new Thread(publisher, "stdin");
        thread.setDaemon(true);
        thread.start();
        return publisher;
    }

    @Override
    public void run() {
        try {
            CompletableFuture<Void> last = publishAll();
            last.join();
            ended.complete(null);
        } catch (IOException e) {
            ended.completeExceptionally(
                    new IOException("cannot read the input: " + e.getMessage(), e));
        } catch (RuntimeException e) {
            ended.completeExceptionally(e);
        }
    }

    /** Does not wait for the answer to one piece before it sends the next. */
    private CompletableFuture<Void> publishAll() throws IOException {
        RateLimit rate = options.rate > 0 ? new RateLimit(options.rate) : null;
        CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
        byte[] piece = pieces.next();
        while (piece != null && !stopping && !ended.isDone()) {
            if (rate != null) pause(rate.takeNs(System.nanoTime()));
            last = publish(Bytes.wrap(piece));
            report();
            piece = pieces.next();
        }
        return last;
    }

    private void pause(long ns) {
        long untilNs = System.nanoTime() + ns;
        for (long leftNs = ns; leftNs > 0 && !stopping; leftNs = untilNs - System.nanoTime()) {
            LockSupport.parkNanos(leftNs);
        }
    }

    private CompletableFuture<Void> publish(Bytes body) {
        CompletableFuture<?>[] answers =
                producers.entrySet().stream()
                        .map(producer -> publish(producer.getKey(), producer.getValue(), body))
                        .toArray(CompletableFuture<?>[]::new);
        CompletableFuture<Void> all = CompletableFuture.allOf(answers);
        all.thenRun(published::incrementAndGet);
        return all;
    }

    private CompletableFuture<Void> publish(String address, Producer producer, Bytes body) {
        return producer.publish(options.topic, body)
                .whenComplete(
                        (done, failure) -> {
                            if (failure == null) return;
                            String why = address + ": " + Failure.words(failure);
                            ended.completeExceptionally(new IOException(why, failure));
                        });
    }

    private void report() {
        long nowNs = System.nanoTime();
        if (nowNs - reportNs < 0) return;
        reportNs = nowNs + REPORT_EVERY_NS;
        LOG.log(Level.INFO, soFar(nowNs));
    }

    private String soFar(long nowNs) {
        long count = published.get();
        double seconds = (nowNs - startNs) / 1e9;
        return "published %d messages, %.0f per second".formatted(count, count / seconds);
    }

    @Override
    public CompletableFuture<Void> ended() {
        return ended;
    }

    @Override
    public synchronized void stop() {
        if (stopped) return;
        stopped = true;
        stopping = true;
        producers.values().forEach(Producer::close);
        LOG.log(Level.INFO, soFar(System.nanoTime()));
    }
}
