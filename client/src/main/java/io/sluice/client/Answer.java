package io.sluice.client;

import java.util.concurrent.CompletableFuture;

/**
 * The future answer to a publish. A thread that has nothing to do but wait for it can read it off
 * the connection itself: that saves waking a thread, which takes longer than anything else here.
 */
final class Answer extends CompletableFuture<Void> {
    /** Where it will come, when nothing else is under way there; null when another thread reads. */
    private volatile PublishConnection connection;

    void comesOn(PublishConnection from) {
        connection = from;
    }

    @Override
    public Void join() {
        PublishConnection from = connection;
        if (from != null && !isDone()) from.readFor(this);
        return super.join();
    }
}
