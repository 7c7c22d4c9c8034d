package io.sluice.nsqd;

import io.sluice.daemon.StartException;
import io.sluice.nsqd.core.Durability;
import io.sluice.nsqd.core.LogEntry.ChannelState;
import io.sluice.nsqd.core.LogEntry.TopicState;
import io.sluice.nsqd.core.LogReplay;
import io.sluice.nsqd.core.SavedTopic;
import io.sluice.nsqd.store.ChannelMetadata;
import io.sluice.nsqd.store.Recovered;
import io.sluice.nsqd.store.Recovery;
import io.sluice.nsqd.store.TopicMetadata;
import io.sluice.protocol.ChannelName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A topic that was there before: what was written down of it, and what its log says. */
final class TopicRecovery {
    private static final System.Logger LOG = System.getLogger(TopicRecovery.class.getName());

    private final TopicMetadata metadata;
    private final Durability durability;
    private final Path dataPath;

    /**
     * Nothing is read yet.
     *
     * @param durability of topics that have none of their own
     */
    TopicRecovery(Path dataPath, TopicMetadata metadata, Durability durability) {
        this.dataPath = dataPath;
        this.metadata = metadata;
        this.durability = metadata.durability() == null ? durability : metadata.durability();
    }

    /** A topic and its log. */
    record Topic(SavedTopic saved, Recovered log) {}

    /** Reads the log. It blocks, and changes nothing. */
    Topic run() {
        LogReplay replay = new LogReplay(durability, names(metadata.channels()));
        Recovered log;
        try {
            log = Recovery.recover(dataPath, metadata.name(), replay::apply);
        } catch (IOException e) {
            throw new StartException(
                    "cannot recover topic " + metadata.name() + ": " + e.getMessage(), e);
        }
        TopicState state = replay.state(log.nextLsn());
        if (log.entryCount() > 0 || log.lostCount() > 0) tell(log, state);
        return new Topic(
                new SavedTopic(
                        metadata.name(),
                        metadata.paused(),
                        metadata.durability(),
                        pausedChannels(),
                        state),
                log);
    }

    private static List<ChannelName> names(List<ChannelMetadata> channels) {
        List<ChannelName> names = new ArrayList<>();
        for (ChannelMetadata channel : channels) names.add(channel.name());
        return names;
    }

    private Set<ChannelName> pausedChannels() {
        return metadata.channels().stream()
                .filter(ChannelMetadata::paused)
                .map(ChannelMetadata::name)
                .collect(Collectors.toSet());
    }

    private void tell(Recovered log, TopicState state) {
        long waiting = waiting(state.backlog());
        for (ChannelState channel : state.channels()) waiting += waiting(channel);
        LOG.log(
                log.lostCount() > 0 ? System.Logger.Level.WARNING : System.Logger.Level.INFO,
                "TOPIC({0}): recovered {1} messages for {2} channels from {3} entries of its log;"
                        + " {4} entries were damaged, in {5} places",
                metadata.name(),
                Long.toString(waiting),
                state.channels().size(),
                Long.toString(log.entryCount()),
                Long.toString(log.lostCount()),
                log.damagedPlaces());
    }

    private static long waiting(ChannelState channel) {
        long waiting = channel.unread() + channel.refs().size();
        for (var run : channel.runs()) waiting += run.count() - run.next();
        return waiting;
    }
}
