package io.sluice.nsqd;

import io.sluice.daemon.Blocking;
import io.sluice.nsqd.core.ChannelStats;
import io.sluice.nsqd.core.TopicStats;
import io.sluice.nsqd.net.Loops;
import io.sluice.nsqd.store.ChannelMetadata;
import io.sluice.nsqd.store.DataLock;
import io.sluice.nsqd.store.Metadata;
import io.sluice.nsqd.store.MetadataFile;
import io.sluice.nsqd.store.MetadataWriter;
import io.sluice.nsqd.store.TopicMetadata;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The directory of a daemon: what it starts with, and what it leaves behind. */
final class DataPath {
    private final DataLock lock;
    private final MetadataFile file;
    private final ExecutorService worker;

    /** Null until the topics are there again: what there is must not be overwritten before. */
    private volatile MetadataWriter metadata;

    private DataPath(DataLock lock, MetadataFile file) {
        this.lock = lock;
        this.file = file;
        this.worker =
                Executors.newSingleThreadExecutor(
                        task -> {
                            Thread thread = new Thread(task, "nsqd-metadata");
                            thread.setDaemon(true);
                            return thread;
                        });
    }

    /** Takes the directory for this process; fails if another has it. */
    static DataPath open(Path directory) {
        return new DataPath(DataLock.acquire(directory), new MetadataFile(directory));
    }

    /** Something that outlives the daemon is different now. */
    void changed() {
        MetadataWriter writer = metadata;
        if (writer != null) writer.changed();
    }

    /** Completes when all that was changed by now is on disk, or can't be; that is in the log. */
    Future<Void> save() {
        return Future.fromCompletionStage(metadata.save()).otherwiseEmpty();
    }

    private void keepMetadata(Loops loops) {
        metadata = new MetadataWriter(file, () -> read(loops), worker);
        metadata.changed();
    }

    private static CompletableFuture<Metadata> read(Loops loops) {
        return loops.callAll(broker -> broker.stats(null, null, false))
                .map(DataPath::metadata)
                .toCompletionStage()
                .toCompletableFuture();
    }

    private static Metadata metadata(List<List<TopicStats>> loops) {
        List<TopicMetadata> topics = new ArrayList<>();
        for (List<TopicStats> loop : loops) for (TopicStats topic : loop) topics.add(of(topic));
        return new Metadata(topics);
    }

    private static TopicMetadata of(TopicStats topic) {
        List<ChannelMetadata> channels = new ArrayList<>();
        for (ChannelStats channel : topic.channels()) {
            channels.add(new ChannelMetadata(channel.name(), channel.paused()));
        }
        return new TopicMetadata(topic.name(), topic.paused(), topic.store().chosen(), channels);
    }

    /** To be called while the loops still run, when nothing changes any more. */
    void close() {
        if (metadata != null) {
            Blocking.await(Future.fromCompletionStage(metadata.close()).otherwiseEmpty());
        }
        worker.shutdown();
        lock.close();
    }
}
