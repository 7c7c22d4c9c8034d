package io.sluice.protocol;

/** What nsqd tells nsqlookupd (spec/lookup-v1.md). */
public sealed interface LookupCommand {
    /** The JSON with which a daemon introduces itself. */
    record Identify(Bytes json) implements LookupCommand {}

    /** This daemon has the topic or, when {@code channel} is not null, the channel. */
    record Register(TopicName topic, ChannelName channel) implements LookupCommand {}

    /** This daemon no longer has the topic or, when {@code channel} is not null, the channel. */
    record Unregister(TopicName topic, ChannelName channel) implements LookupCommand {}

    /** This daemon is alive. */
    record Ping() implements LookupCommand {}
}
