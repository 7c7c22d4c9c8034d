package io.sluice.nsqd.store;

import io.sluice.daemon.StartException;
import io.sluice.nsqd.core.Durability;
import io.sluice.nsqd.core.LogEntry.TopicState;
import io.sluice.nsqd.core.TopicLog;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The files of a topic of NSQ, on their way into the topic's log. */
final class NsqTopic {
    private static final System.Logger LOG = System.getLogger(NsqTopic.class.getName());

    /** What is read before it is appended, at most; but for one message more. */
    private static final int BATCH_MESSAGES = 1_000;

    private static final int BATCH_BYTES = 1024 * 1024;

    private final TopicMetadata topic;
    private final List<NsqQueue> queues;
    private final NsqArchive archive;
    private final int maxMessageSize;
    private NsqImport.Target target;

    /** Null until there is a message. */
    private TopicLog log;

    private TopicImport topicImport;

    NsqTopic(TopicMetadata topic, List<NsqQueue> queues, NsqArchive archive, int maxMessageSize) {
        this.topic = topic;
        this.queues = queues;
        this.archive = archive;
        this.maxMessageSize = maxMessageSize;
    }

    /** Imports every queue, and then moves the files away. */
    List<NsqQueueReport> importTo(NsqImport.Target to) throws IOException {
        target = to;
        List<NsqQueueReport> reports = new ArrayList<>();
        if (!archive.isImported(topic.name())) {
            // What the topic itself had comes behind what its channels had.
            for (NsqQueue queue : queues) if (queue.channel() != null) reports.add(read(queue));
            for (NsqQueue queue : queues) if (queue.channel() == null) reports.add(read(queue));
            if (log != null) await(log::close);
            archive.nowImported(topic.name());
        }
        List<Path> files = new ArrayList<>();
        for (NsqQueue queue : queues) files.addAll(queue.files());
        archive.take(topic.name(), files);
        return reports;
    }

    private NsqQueueReport read(NsqQueue queue) throws IOException {
        boolean begun = false;
        NsqQueueReport report;
        try (NsqQueueReader reader = new NsqQueueReader(queue, maxMessageSize)) {
            List<Message> batch;
            while (!(batch = nextBatch(reader)).isEmpty()) {
                if (log == null) open();
                if (!begun) call(() -> topicImport.begin(queue.channel()));
                begun = true;
                append(queue, batch);
            }
            report = reader.report();
        }
        if (begun) {
            call(topicImport::end);
            requireDurable(queue, Durability.FSYNC);
            long forgotten = topicImport.forgottenAttempts();
            if (forgotten > 0) {
                report = report.with("attempts of " + forgotten + " messages are counted anew");
            }
        }
        tell(report);
        return report;
    }

    private static void tell(NsqQueueReport report) {
        if (report.messages() > 0) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "imported {0}: {1} messages from {2} files of NSQ",
                    report.name(),
                    Long.toString(report.messages()),
                    report.files());
        }
        for (String note : report.notes()) {
            LOG.log(System.Logger.Level.WARNING, "importing " + report.name() + ": " + note);
        }
    }

    private static List<Message> nextBatch(NsqQueueReader reader) throws IOException {
        List<Message> batch = new ArrayList<>();
        long bytes = 0;
        while (batch.size() < BATCH_MESSAGES && bytes < BATCH_BYTES) {
            Message message = reader.next();
            if (message == null) break;
            batch.add(message);
            bytes += message.body().length();
        }
        return batch;
    }

    private void open() throws IOException {
        NsqImport.OpenLog opened = target.open().apply(topic.name());
        boolean isNew = opened.state() == null || archive.isImporting(topic.name());
        if (isNew) archive.nowImporting(topic.name());
        log = opened.log();
        call(
                () -> {
                    if (isNew) log.clear();
                    TopicState base = isNew ? nothing() : opened.state();
                    topicImport =
                            new TopicImport(
                                    log, base, channels(), TopicImport.MAX_REFS, target.nowNs());
                });
    }

    private TopicState nothing() {
        boolean holdsBack = topic.paused() || channels().isEmpty();
        Durability durability =
                topic.durability() == null ? target.durability() : topic.durability();
        return new TopicState(
                0, durability, holdsBack, TopicImport.nothing(null, log.end()), List.of());
    }

    private Set<ChannelName> channels() {
        Set<ChannelName> names = new TreeSet<>();
        for (ChannelMetadata channel : topic.channels()) {
            if (!channel.name().isEphemeral()) names.add(channel.name());
        }
        for (NsqQueue queue : queues) if (queue.channel() != null) names.add(queue.channel());
        return names;
    }

    private void append(NsqQueue queue, List<Message> batch) {
        long bytes = batch.stream().mapToLong(message -> message.body().length()).sum();
        String refusal =
                get(
                        () -> {
                            String why = log.refusal(batch.size(), bytes);
                            if (why == null) batch.forEach(topicImport::append);
                            return why;
                        });
        if (refusal != null) throw failed(queue, refusal);
        // So that no more than a batch waits to be written.
        requireDurable(queue, Durability.OS);
    }

    private void requireDurable(NsqQueue queue, Durability level) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        call(() -> log.whenDurable(level, answer::complete));
        String why = answer.join();
        if (why != null) throw failed(queue, why);
    }

    private static StartException failed(NsqQueue queue, String why) {
        return new StartException(
                "cannot import NSQ's files of " + queue + ", which stay where they are: " + why,
                null);
    }

    private void await(Consumer<Runnable> task) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        call(() -> task.accept(() -> done.complete(null)));
        done.join();
    }

    private void call(Runnable task) {
        get(
                () -> {
                    task.run();
                    return null;
                });
    }

    /** Does something where the log is at home, and waits for it. */
    private <T> T get(Supplier<T> task) {
        return CompletableFuture.supplyAsync(task, target.loop()).join();
    }
}
