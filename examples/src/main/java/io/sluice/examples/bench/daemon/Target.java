package io.sluice.examples.bench.daemon;

import io.sluice.protocol.ChannelName;
import io.sluice.protocol.TopicName;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What is measured. */
public interface Target {
    /** Where it takes commands. */
    InetSocketAddress tcpAddress();

    /** Where it takes requests. */
    InetSocketAddress httpAddress();

    /** Makes a topic with channels; fails when it does not know the level. */
    void create(TopicName topic, List<ChannelName> channels, Level level);

    /** Forgets a topic and all that is in it. */
    void delete(TopicName topic);

    /**
     * Waits until exactly {@code count} messages wait: at the topic itself when it has no channel,
     * else in its one channel. Fails when they are not where they have to be.
     */
    void awaitBacklog(TopicName topic, long count, Where where);

    /** Processor time its process has used so far, if it can be known. */
    Optional<Duration> cpuTime();

    /** Bytes that its process has written to files so far, if it can be known. */
    OptionalLong fileBytes();

    /** Bytes of memory that its process occupies now, if it can be known. */
    OptionalLong residentBytes();

    /** What there is to say about it in a report. */
    String description();
}
