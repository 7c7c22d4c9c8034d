package io.sluice.nsqd.store;

import java.util.List;

/** Which topics and channels there are: what a daemon starts with, and writes down. */
public record Metadata(List<TopicMetadata> topics) {
    /** What a new data path holds. */
    public static final Metadata EMPTY = new Metadata(List.of());

    /** Copies the list. */
    public Metadata {
        topics = List.copyOf(topics);
    }
}
