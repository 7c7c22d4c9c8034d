package io.sluice.client.tools;

import io.sluice.client.Consumer;
import io.sluice.client.ConsumerOptions;
import io.sluice.client.ReceivedMessage;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Writes one topic. Its thread owns the files and the messages that are written and not yet synced:
 * only then are they finished, so that a crash at any moment costs none.
 */
final class TopicFile implements Runnable {
    private static final System.Logger LOG = System.getLogger(TopicFile.class.getName());

    /** How daemons may exceed for a moment what they were asked for, as in the library. */
    private static final int QUEUE_FACTOR = 2;

    private final String topic;
    private final ToFileOptions options;
    private final OutputFiles files;
    private final CompletableFuture<Void> ended;
    private final BlockingQueue<Event> events;
    private final List<ReceivedMessage> unsynced = new ArrayList<>();
    private final Thread thread = new Thread(this, "topic-file");
    private Consumer consumer;
    private long nextTickNs;
    private volatile boolean stopping;
    private boolean done;

    /** What the thread does next. */
    private sealed interface Event {
        /** To be written. */
        record Line(ReceivedMessage message) implements Event {}

        /** To be dealt with when all before is written. */
        enum Order implements Event {
            NEXT_FILE,
            /** Only to have it look at {@link #stopping}. */
            WAKE_UP,
            END
        }
    }

    /**
     * Throws IllegalArgumentException for names and options that do not go.
     *
     * @param ended fails when something cannot be written
     */
    TopicFile(String topic, ToFileOptions options, Clock clock, CompletableFuture<Void> ended) {
        this.topic = topic;
        this.options = options;
        this.ended = ended;
        files = new OutputFiles(options, topic, clock);
        events = new LinkedBlockingQueue<>(QUEUE_FACTOR * options.source.maxInFlight + 1);
        thread.setDaemon(true);
    }

    TopicFile start() {
        ConsumerOptions how =
                options.source.consumer("nsq_to_file", topic, options.channel, ended).build();
        consumer = Consumer.start(how, this::take);
        thread.start();
        return this;
    }

    private void take(ReceivedMessage message) throws InterruptedException {
        message.answerLater();
        events.put(new Event.Line(message));
    }

    /** Has a new file begun at the next message. */
    void nextFile() throws InterruptedException {
        events.put(Event.Order.NEXT_FILE);
    }

    /** Writes what came, finishes it and closes the file. */
    void stop(Duration patience) throws InterruptedException {
        // From now on it syncs whenever it has nothing to write, so that all gets answered.
        stopping = true;
        events.put(Event.Order.WAKE_UP);
        consumer.close(patience);
        events.put(Event.Order.END);
        thread.join(patience.toMillis());
    }

    @Override
    public void run() {
        nextTickNs = System.nanoTime() + options.syncInterval.toNanos();
        try {
            while (!done) step();
            files.close();
        } catch (InterruptedException e) {
            ended.completeExceptionally(e);
        } catch (IOException | RuntimeException e) {
            ended.completeExceptionally(
                    new IOException("cannot write topic " + topic + ": " + e, e));
        }
    }

    private void step() throws IOException, InterruptedException {
        Event event = events.poll();
        if (event == null) {
            pause();
            event = events.poll(untilTickNs(), TimeUnit.NANOSECONDS);
        }
        if (event instanceof Event.Line line) write(line.message());
        else if (event == Event.Order.NEXT_FILE) finishFile();
        else if (event == Event.Order.END) done = true;
        if (System.nanoTime() >= nextTickNs) tick();
        if (done) sync();
    }

    private long untilTickNs() {
        // Short while it stops: what comes last has nothing behind it that would have it synced.
        long mostNs = stopping ? TimeUnit.MILLISECONDS.toNanos(20) : Long.MAX_VALUE;
        return Math.min(mostNs, Math.max(0, nextTickNs - System.nanoTime()));
    }

    /** Nothing more is there to be written: no reason to let anybody wait for what is. */
    private void pause() throws IOException {
        files.flush();
        if (!unsynced.isEmpty() && (stopping || consumer.isStarved())) sync();
    }

    private void write(ReceivedMessage message) throws IOException {
        if (files.needsNext()) {
            sync();
            files.next();
        }
        files.write(message.body().toArray());
        unsynced.add(message);
        if (unsynced.size() >= options.source.maxInFlight) sync();
    }

    private void tick() throws IOException {
        nextTickNs = System.nanoTime() + options.syncInterval.toNanos();
        sync();
        if (!files.needsNext()) return;
        if (options.skipEmptyFiles) files.close();
        else files.next();
    }

    private void finishFile() throws IOException {
        sync();
        files.close();
    }

    private void sync() throws IOException {
        if (unsynced.isEmpty()) return;
        files.sync();
        LOG.log(Level.INFO, "synced {0} messages of {1}", unsynced.size(), topic);
        unsynced.forEach(ReceivedMessage::finish);
        unsynced.clear();
    }
}
