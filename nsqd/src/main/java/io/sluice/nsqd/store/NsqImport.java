package io.sluice.nsqd.store;

import io.sluice.daemon.StartException;
import io.sluice.nsqd.core.Durability;
import io.sluice.nsqd.core.LogEntry.TopicState;
import io.sluice.nsqd.core.TopicLog;
import io.sluice.protocol.TopicName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * Takes over what NSQ's nsqd has left in a data path: each channel goes on with what its queue
 * held. The files are then moved to {@code nsq-imported} in the data path, never deleted. To be run
 * before the daemon's topics are made; it blocks.
 */
public final class NsqImport {
    private final int maxMessageSize;
    private final NsqArchive archive;
    private final Map<TopicName, List<NsqQueue>> topics = new TreeMap<>();

    /**
     * Where messages go.
     *
     * @param durability of topics that have none of their own
     * @param open opens a topic's log, in the thread that imports
     * @param loop where logs are called, and where they answer
     * @param nowNs nanoseconds since the epoch; messages from later are taken to be from now
     */
    public record Target(
            Durability durability, Function<TopicName, OpenLog> open, Executor loop, long nowNs) {}

    /**
     * A topic's log.
     *
     * @param log nobody else's; it is closed when the topic is done
     * @param state what the log says; null when it is new
     */
    public record OpenLog(TopicLog log, TopicState state) {}

    /**
     * Looks for NSQ's files, and reads none of them.
     *
     * @param maxMessageSize {@code --max-msg-size}: what claims to be larger is damaged
     * @throws StartException when the data path cannot be listed
     */
    public NsqImport(Path dataPath, int maxMessageSize) {
        this.maxMessageSize = maxMessageSize;
        this.archive = new NsqArchive(dataPath);
        try {
            for (NsqQueue queue : NsqQueue.in(dataPath)) {
                topics.computeIfAbsent(queue.topic(), name -> new ArrayList<>()).add(queue);
            }
        } catch (IOException e) {
            throw failed(dataPath.toString(), DataFiles.why(e), e);
        }
    }

    /** True when there is nothing to do. */
    public boolean isEmpty() {
        return topics.isEmpty();
    }

    /**
     * The metadata, and in addition the topics and channels that have messages and are not in it.
     * To be written before {@link #run}.
     */
    public Metadata complete(Metadata metadata) {
        Map<TopicName, TopicMetadata> all = new TreeMap<>();
        for (TopicMetadata topic : metadata.topics()) all.put(topic.name(), topic);
        topics.forEach(
                (name, queues) -> {
                    TopicMetadata topic = all.get(name);
                    for (NsqQueue queue : queues) topic = complete(topic, queue);
                    if (topic != null) all.put(name, topic);
                });
        return new Metadata(List.copyOf(all.values()));
    }

    private static TopicMetadata complete(TopicMetadata topic, NsqQueue queue) {
        if (queue.segments().isEmpty()) return topic;
        TopicMetadata found = topic;
        if (found == null) found = new TopicMetadata(queue.topic(), false, null, List.of());
        boolean known =
                queue.channel() == null
                        || found.channels().stream()
                                .anyMatch(c -> c.name().equals(queue.channel()));
        if (known) return found;
        List<ChannelMetadata> channels = new ArrayList<>(found.channels());
        channels.add(new ChannelMetadata(queue.channel(), false));
        return new TopicMetadata(found.name(), found.paused(), found.durability(), channels);
    }

    /**
     * Imports all of it, topic by topic. Can be repeated when it was cut short.
     *
     * @param metadata as {@link #complete} gave it
     * @return what became of each queue
     * @throws StartException naming the topic that could not be imported, and why; what is done
     *     stays done
     */
    public List<NsqQueueReport> run(Metadata metadata, Target target) {
        List<NsqQueueReport> reports = new ArrayList<>();
        Map<TopicName, TopicMetadata> known = new TreeMap<>();
        for (TopicMetadata topic : metadata.topics()) known.put(topic.name(), topic);
        topics.forEach(
                (name, queues) -> {
                    TopicMetadata topic = known.get(name);
                    if (topic == null) topic = new TopicMetadata(name, false, null, List.of());
                    try {
                        archive.open();
                        NsqTopic files = new NsqTopic(topic, queues, archive, maxMessageSize);
                        reports.addAll(files.importTo(target));
                    } catch (IOException e) {
                        throw failed("topic " + name, DataFiles.why(e), e);
                    }
                });
        return reports;
    }

    private static StartException failed(String what, String why, Throwable cause) {
        return new StartException("cannot import NSQ's files of " + what + ": " + why, cause);
    }
}
