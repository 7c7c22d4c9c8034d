package io.sluice.nsqd;

import io.sluice.daemon.Blocking;
import io.sluice.daemon.StartException;
import io.sluice.nsqd.core.Broker;
import io.sluice.nsqd.core.ChannelStats;
import io.sluice.nsqd.core.TopicLogs;
import io.sluice.nsqd.core.TopicStats;
import io.sluice.nsqd.net.CoreLoop;
import io.sluice.nsqd.net.Loops;
import io.sluice.nsqd.store.ChannelMetadata;
import io.sluice.nsqd.store.ChronicleTopicLogs;
import io.sluice.nsqd.store.DataLock;
import io.sluice.nsqd.store.LogStore;
import io.sluice.nsqd.store.Metadata;
import io.sluice.nsqd.store.MetadataFile;
import io.sluice.nsqd.store.MetadataWriter;
import io.sluice.nsqd.store.NsqImport;
import io.sluice.nsqd.store.Recovery;
import io.sluice.nsqd.store.StoreLoop;
import io.sluice.nsqd.store.TopicMetadata;
import io.sluice.protocol.TopicName;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** The directory of a daemon: what it starts with, and what it leaves behind. */
final class DataPath {
    /** Threads that wait for the disk to read; and likewise to write. */
    private static final int THREADS = 4;

    private final DataLock lock;
    private final MetadataFile file;
    private final Metadata saved;
    private final ExecutorService workers = threads("nsqd-disk");
    private final ExecutorService readers = threads("nsqd-read");
    private final LogStore store;
    private final StoreOptions options;
    private final Map<CoreLoop, ChronicleTopicLogs> logs = new ConcurrentHashMap<>();

    /** Null until the topics are there again: what there is must not be overwritten before. */
    private volatile MetadataWriter metadata;

    private DataPath(StoreOptions options, DataLock lock) {
        this.options = options;
        this.lock = lock;
        file = new MetadataFile(options.dataPath());
        saved = file.read();
        store = store(options);
    }

    /** Takes the directory for this process; fails if another has it. */
    static DataPath open(StoreOptions options) {
        DataLock lock = DataLock.acquire(options.dataPath());
        try {
            return new DataPath(options, lock);
        } catch (RuntimeException | Error e) {
            lock.close();
            throw e;
        }
    }

    private LogStore store(StoreOptions options) {
        try {
            return new LogStore(options.storeSettings(), workers, readers, System::nanoTime);
        } catch (IOException e) {
            throw StartException.badFlag("--data-path", "cannot be used: " + e.getMessage());
        }
    }

    private static ExecutorService threads(String name) {
        return Executors.newFixedThreadPool(
                THREADS,
                task -> {
                    Thread thread = new Thread(task, name);
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** The logs of the topics of one loop. */
    TopicLogs logs(CoreLoop loop) {
        ChronicleTopicLogs made = store.logs(new StoreLoop(loop::run, loop::nowNs, loop::runLater));
        logs.put(loop, made);
        return made;
    }

    /** OK, or NOK and why. */
    String health() {
        String trouble = store.trouble();
        return trouble == null ? "OK" : "NOK - " + trouble;
    }

    /** Makes the topics again that there were, and takes over what NSQ has left. */
    void restore(Loops loops, int maxMessageSize) {
        Metadata known = importFromNsq(maxMessageSize);
        Map<TopicName, TopicMetadata> topics = new TreeMap<>();
        for (TopicName topic : topicsWithLogs()) {
            topics.put(topic, new TopicMetadata(topic, false, null, List.of()));
        }
        for (TopicMetadata topic : known.topics()) topics.put(topic.name(), topic);
        List<Future<Void>> restored = new ArrayList<>();
        for (TopicMetadata topic : topics.values()) restored.add(restore(topic, loops));
        Blocking.await(Future.all(restored));
        metadata = new MetadataWriter(file, () -> read(loops), workers);
        metadata.changed();
    }

    private Metadata importFromNsq(int maxMessageSize) {
        NsqImport nsq = new NsqImport(options.dataPath(), maxMessageSize);
        return nsq.isEmpty() ? saved : new NsqTakeover(options, store, file).run(nsq, saved);
    }

    private List<TopicName> topicsWithLogs() {
        try {
            return Recovery.topics(options.dataPath());
        } catch (IOException e) {
            throw StartException.badFlag("--data-path", "cannot be read: " + e.getMessage());
        }
    }

    private Future<Void> restore(TopicMetadata topic, Loops loops) {
        CoreLoop loop = loops.of(topic.name());
        TopicRecovery recovery = new TopicRecovery(options.dataPath(), topic, options.durability());
        return Future.fromCompletionStage(CompletableFuture.supplyAsync(recovery::run, readers))
                .compose(found -> loop.call(broker -> restore(found, loop, broker)));
    }

    private Void restore(TopicRecovery.Topic found, CoreLoop loop, Broker broker) {
        broker.restore(found.saved(), logs.get(loop).open(found.log()), loop.nowNs());
        return null;
    }

    /** Something that outlives the daemon is different now. */
    void changed() {
        MetadataWriter writer = metadata;
        if (writer != null) writer.changed();
    }

    /** Completes when all that was changed by now is on disk, or can't be; that is logged. */
    Future<Void> save() {
        return Future.<Void>fromCompletionStage(metadata.save()).otherwiseEmpty();
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

    /** Writes down all that there is. Nothing may change any more. */
    void close(Loops loops) {
        if (metadata != null) {
            Blocking.await(Future.<Void>fromCompletionStage(metadata.close()).otherwiseEmpty());
            Blocking.await(loops.callAllLater(DataPath::stop));
        }
        workers.shutdown();
        readers.shutdown();
        lock.close();
    }

    private static void stop(Broker broker, Consumer<Void> done) {
        broker.stop(() -> done.accept(null));
    }
}
