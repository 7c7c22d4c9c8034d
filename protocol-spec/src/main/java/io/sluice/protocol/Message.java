package io.sluice.protocol;

/**
 * A message as it goes over the wire.
 *
 * @param timestampNs when nsqd took it, nanoseconds since the epoch
 * @param attempts deliveries so far, this one included: 1 to 65535
 */
public record Message(MessageId id, long timestampNs, int attempts, Bytes body) {
    /** Bytes in front of the body: time stamp, attempts, id. */
    public static final int HEADER_LENGTH = 8 + 2 + MessageId.LENGTH;
}
