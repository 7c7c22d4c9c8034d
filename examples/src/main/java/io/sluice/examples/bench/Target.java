package io.sluice.examples.bench;

import io.sluice.protocol.ChannelName;
import io.sluice.protocol.TopicName;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What is measured. */
interface Target {
    /** Where it takes commands. */
    InetSocketAddress tcpAddress();

    /** Makes a topic with channels. */
    void create(TopicName topic, List<ChannelName> channels);

    /** Forgets a topic and all that is in it. */
    void delete(TopicName topic);

    /**
     * Waits until exactly {@code count} messages wait in memory: at the topic itself when it has no
     * channel, else in its one channel.
     */
    void awaitBacklog(TopicName topic, long count);

    /** Processor time its process has used so far, if it can be known. */
    Optional<Duration> cpuTime();

    /** What there is to say about it in a report. */
    String description();
}
