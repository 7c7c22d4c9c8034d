package io.sluice.nsqd.store;

import io.sluice.protocol.ChannelName;

/** What is written down of a channel. */
public record ChannelMetadata(ChannelName name, boolean paused) {}
