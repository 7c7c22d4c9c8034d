package io.sluice.nsqd;

import io.sluice.daemon.StartException;
import io.sluice.nsqd.store.ChronicleTopicLogs;
import io.sluice.nsqd.store.LogStore;
import io.sluice.nsqd.store.Metadata;
import io.sluice.nsqd.store.MetadataFile;
import io.sluice.nsqd.store.NsqImport;
import io.sluice.nsqd.store.StoreLoop;
import io.sluice.nsqd.store.TopicMetadata;
import io.sluice.protocol.TopicName;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The first start in a data path in which NSQ's nsqd has left messages. */
final class NsqTakeover {
    private final StoreOptions options;
    private final LogStore store;
    private final MetadataFile file;

    NsqTakeover(StoreOptions options, LogStore store, MetadataFile file) {
        this.options = options;
        this.store = store;
        this.file = file;
    }

    /** Puts NSQ's messages into logs, and returns all topics and channels that there are then. */
    Metadata run(NsqImport nsq, Metadata saved) {
        Metadata all = nsq.complete(saved);
        ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor();
        try {
            file.write(all);
            ChronicleTopicLogs logs =
                    store.logs(
                            new StoreLoop(
                                    loop,
                                    NsqTakeover::nowNs,
                                    (task, ms) -> loop.schedule(task, ms, TimeUnit.MILLISECONDS)));
            NsqImport.Target target =
                    new NsqImport.Target(
                            options.durability(), topic -> open(topic, all, logs), loop, nowNs());
            nsq.run(all, target);
            return all;
        } catch (IOException e) {
            throw new StartException("cannot import NSQ's files: " + e.getMessage(), e);
        } finally {
            loop.shutdown();
        }
    }

    private static long nowNs() {
        return System.currentTimeMillis() * 1_000_000L;
    }

    private NsqImport.OpenLog open(TopicName name, Metadata all, ChronicleTopicLogs logs) {
        TopicMetadata topic =
                all.topics().stream()
                        .filter(t -> t.name().equals(name))
                        .findFirst()
                        .orElse(new TopicMetadata(name, false, null, List.of()));
        TopicRecovery.Topic found =
                new TopicRecovery(options.dataPath(), topic, options.durability()).run();
        boolean isNew = found.log().nextLsn() == 0;
        return new NsqImport.OpenLog(logs.open(found.log()), isNew ? null : found.saved().state());
    }
}
