package io.sluice.client.tools;

import java.util.concurrent.CompletableFuture;

/** What a tool does, from the moment that its flags are read. */
interface Job {
    /** Done when there is nothing more to do; fails with what makes it useless to go on. */
    CompletableFuture<Void> ended();

    /** Ends it properly: what came is dealt with and answered, and connections are closed. */
    void stop();

    /** The terminal is gone, or somebody asks for new files: SIGHUP. */
    default void hangUp() {
        ended().complete(null);
    }
}
