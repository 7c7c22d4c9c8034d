package io.sluice.client.tools;

import io.sluice.daemon.LogFormat;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Writes topics to files: those that were named, or those that lookup nodes name. */
final class ToFile implements Job {
    private static final System.Logger LOG = System.getLogger(ToFile.class.getName());
    private static final String PACKAGE = "io.sluice.client";
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(30);

    private final ToFileOptions options;
    private final Pattern pattern;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Map<String, TopicFile> topics = new LinkedHashMap<>();
    private final ScheduledExecutorService discovery =
            Executors.newSingleThreadScheduledExecutor(
                    task -> {
                        Thread thread = new Thread(task, "topics");
                        thread.setDaemon(true);
                        return thread;
                    });
    private boolean stopped;

    private ToFile(ToFileOptions options) {
        this.options = options;
        pattern = options.pattern();
    }

    /** Throws IllegalArgumentException for options that do not go. */
    static ToFile start(ToFileOptions options) {
        options.validate();
        LogFormat.configure(PACKAGE, options.logPrefix, options.logLevel);
        ToFile toFile = new ToFile(options);
        for (String topic : options.topics) {
            if (toFile.pattern.matcher(topic).find()) continue;
            LOG.log(Level.WARNING, topic + " is left out: it does not match --topic-pattern");
        }
        toFile.add(List.copyOf(new LinkedHashSet<>(options.topics)));
        if (options.topics.isEmpty()) {
            long everyNs = options.topicRefresh.toNanos();
            // At once, where NSQ waits for one period first.
            toFile.discovery.scheduleWithFixedDelay(
                    toFile::discover, 0, everyNs, TimeUnit.NANOSECONDS);
        }
        return toFile;
    }

    private void discover() {
        try {
            LookupNodes nodes =
                    new LookupNodes(
                            options.source.lookupdHttpAddresses,
                            new HttpJson(options.httpConnectTimeout, options.httpRequestTimeout));
            add(nodes.topics());
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.ERROR, "could not retrieve the topics: " + Failure.words(e));
        }
    }

    private synchronized void add(List<String> names) {
        for (String name : names) {
            if (stopped || topics.containsKey(name) || !pattern.matcher(name).find()) continue;
            topics.put(
                    name, new TopicFile(name, options, Clock.systemDefaultZone(), ended).start());
        }
    }

    @Override
    public CompletableFuture<Void> ended() {
        return ended;
    }

    /** The next message of each topic begins a new file. */
    @Override
    public synchronized void hangUp() {
        try {
            for (TopicFile file : topics.values()) file.nextFile();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void stop() {
        if (stopped) return;
        stopped = true;
        discovery.shutdownNow();
        boolean failed = ended.isCompletedExceptionally();
        try {
            // What cannot be written is not going to be answered either.
            Duration patience = failed ? Duration.ZERO : CLOSE_PATIENCE;
            for (TopicFile file : topics.values()) file.stop(patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
