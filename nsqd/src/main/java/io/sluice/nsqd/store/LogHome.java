package io.sluice.nsqd.store;

import io.sluice.protocol.TopicName;
import java.nio.file.Path;

/** What the parts of a topic's log have in common. */
record LogHome(TopicName topic, Path directory, LogStore store, StoreLoop loop, FileLane lane) {
    StoreSettings settings() {
        return store.settings();
    }
}
