package io.sluice.daemon;

import io.vertx.core.Future;
import java.util.concurrent.CompletionException;

/** Waiting for Vert.x where a daemon may wait: while it starts and stops, off every event loop. */
public final class Blocking {
    private Blocking() {}

    /**
     * Waits until something listens.
     *
     * @throws StartException naming the address and the flag to change when it cannot
     */
    public static <T> T bind(String flag, ListenAddress address, Future<T> listening) {
        try {
            return await(listening);
        } catch (CompletionException e) {
            throw StartException.cannotListen(flag, address, e.getCause());
        }
    }

    /** Waits for anything; throws CompletionException with the cause when it fails. */
    public static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
