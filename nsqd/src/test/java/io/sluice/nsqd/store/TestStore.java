package io.sluice.nsqd.store;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.sluice.nsqd.core.Durability;
import io.sluice.nsqd.core.LogEntry;
import io.sluice.nsqd.core.LogEntry.ChannelState;
import io.sluice.nsqd.core.LogEntry.Reach;
import io.sluice.nsqd.core.TopicLog;
import io.sluice.protocol.Bytes;
import io.sluice.protocol.MessageId;
import io.sluice.protocol.TopicName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** A store, with a loop and workers of its own. */
final class TestStore implements AutoCloseable {
    static final TopicName TOPIC = new TopicName("topic");
    private static final int PATIENCE_S = 60;

    final LogStore store;
    final ChronicleTopicLogs logs;
    private final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService workers = Executors.newFixedThreadPool(2);
    private final List<ChronicleTopicLog> opened = new ArrayList<>();
    private final CompletableFuture<Void> failure = new CompletableFuture<>();

    /** An action on the loop. */
    interface Action {
        void run() throws Exception;
    }

    TestStore(StoreSettings settings) throws IOException {
        store = new LogStore(settings, workers, workers, System::nanoTime);
        logs =
                store.logs(
                        new StoreLoop(
                                this::execute,
                                System::nanoTime,
                                (task, ms) ->
                                        loop.schedule(() -> execute(task), ms, MILLISECONDS)));
    }

    static StoreSettings settings(Path dataPath) {
        return settings(dataPath, 1 << 20);
    }

    static StoreSettings settings(Path dataPath, long segmentBytes) {
        return new StoreSettings(dataPath, segmentBytes, 0, 100, 8 << 20, 2_500, 2_000, 60_000);
    }

    private void execute(Runnable task) {
        loop.execute(
                () -> {
                    try {
                        task.run();
                    } catch (RuntimeException | Error e) {
                        failure.completeExceptionally(e);
                    }
                });
    }

    /** A log whose state says nothing. */
    ChronicleTopicLog log(TopicName topic) {
        return attached(() -> logs.create(topic));
    }

    ChronicleTopicLog open(Recovered recovered) {
        return attached(() -> logs.open(recovered));
    }

    private ChronicleTopicLog attached(Callable<ChronicleTopicLog> made) {
        return call(
                () -> {
                    ChronicleTopicLog log = made.call();
                    opened.add(log);
                    log.attach(() -> state(log.end()));
                    return log;
                });
    }

    static LogEntry.TopicState state(long atNs) {
        ChannelState backlog = new ChannelState(null, atNs, 0, List.of(), List.of(), List.of());
        return new LogEntry.TopicState(atNs, Durability.OS, true, backlog, List.of());
    }

    static LogEntry.Message message(String body) {
        return new LogEntry.Message(
                Reach.PUBLISHED, MessageId.ofGuid(body.hashCode()), 7, 7, Bytes.utf8(body));
    }

    /** Runs it on the loop and waits for the result. */
    <T> T call(Callable<T> callable) {
        CompletableFuture<T> result = new CompletableFuture<>();
        loop.execute(
                () -> {
                    try {
                        result.complete(callable.call());
                    } catch (Exception | Error e) {
                        result.completeExceptionally(e);
                    }
                });
        return await(result);
    }

    void run(Action action) {
        call(
                () -> {
                    action.run();
                    return null;
                });
    }

    /** Runs it on the loop and waits until it has called back. */
    <T> T callback(Consumer<Consumer<T>> action) {
        CompletableFuture<T> result = new CompletableFuture<>();
        run(() -> action.accept(result::complete));
        return await(result);
    }

    private <T> T await(CompletableFuture<T> result) {
        try {
            CompletableFuture.anyOf(failure, result).get(PATIENCE_S, SECONDS);
            return result.get(PATIENCE_S, SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    long append(TopicLog log, String body) {
        return call(() -> log.append(message(body)));
    }

    /** Null, or the reason why not. */
    String durable(TopicLog log, Durability level) {
        return callback(done -> log.whenDurable(level, done));
    }

    TopicLog.Batch read(TopicLog log, long from) {
        return read(log, from, Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    TopicLog.Batch read(TopicLog log, long from, int maxMessages, int maxBytes) {
        return this.<TopicLog.Batch>callback(
                done -> log.read(from, maxMessages, maxBytes, (batch, now) -> done.accept(batch)));
    }

    TopicLog.Batch readEntries(TopicLog log, int maxBytes, long... lsns) {
        return this.<TopicLog.Batch>callback(
                done -> log.read(lsns, maxBytes, (batch, now) -> done.accept(batch)));
    }

    static List<String> bodies(TopicLog.Batch batch) {
        return batch.entries().stream()
                .map(e -> ((LogEntry.Message) e.entry()).body().utf8())
                .toList();
    }

    void closeLog(TopicLog log) {
        callback(done -> log.close(() -> done.accept(null)));
    }

    @Override
    public void close() {
        for (ChronicleTopicLog log : opened) closeLog(log);
        loop.shutdownNow();
        workers.shutdown();
        if (failure.isCompletedExceptionally()) failure.join();
    }
}
