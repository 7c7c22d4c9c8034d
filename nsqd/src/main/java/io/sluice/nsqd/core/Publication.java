package io.sluice.nsqd.core;

import io.sluice.protocol.Bytes;
import io.sluice.protocol.MessageId;

/**
 * What was published, once, however many channels it goes to.
 *
 * @param timestampNs when it was accepted
 * @param dueNs when it may be delivered; not later than {@code timestampNs} when at once
 */
record Publication(MessageId id, long timestampNs, long dueNs, Bytes body) {}
