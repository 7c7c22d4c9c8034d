package io.sluice.protocol;

import java.util.List;

/** What a client asks of nsqd, in the order of spec/tcp-v2.md. Names and numbers are valid. */
public sealed interface Command {
    /** The JSON with which a client introduces itself and negotiates. */
    record Identify(Bytes json) implements Command {}

    /** A secret for the auth server. */
    record Auth(Bytes secret) implements Command {}

    /** Become a consumer of this channel; both are made if they are missing. */
    record Sub(TopicName topic, ChannelName channel) implements Command {}

    /** Publish one message. */
    record Pub(TopicName topic, Bytes body) implements Command {}

    /** Publish several messages, all or none. */
    record Mpub(TopicName topic, List<Bytes> bodies) implements Command {}

    /** Publish one message that is delivered {@code delayMs} from now at the earliest. */
    record Dpub(TopicName topic, long delayMs, Bytes body) implements Command {}

    /** Have at most {@code count} messages in flight on this connection. */
    record Rdy(int count) implements Command {}

    /** The message is done with. */
    record Fin(MessageId id) implements Command {}

    /** Give the message to somebody again, {@code delayMs} from now at the earliest. */
    record Req(MessageId id, long delayMs) implements Command {}

    /** Start the message's timeout anew. */
    record Touch(MessageId id) implements Command {}

    /** Send no more messages. */
    record Cls() implements Command {}

    /** Nothing; it only shows that the client lives. */
    record Nop() implements Command {}
}
