package io.sluice.nsqd.sim;

import io.sluice.protocol.MessageId;

/** A message that the core pushed, as it was then. */
record Push(ModelConsumer to, int number, MessageId id, int attempts, long timestampNs) {
    @Override
    public String toString() {
        return "m" + number + " (" + id + ", attempt " + attempts + ") to " + to;
    }
}
