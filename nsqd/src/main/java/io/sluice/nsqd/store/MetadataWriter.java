package io.sluice.nsqd.store;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Keeps {@code nsqd.dat} up to date, beside the threads that change what is in it. One write is
 * under way at most; all that changes meanwhile is in the next, however much it is. Its methods are
 * for any thread.
 */
public final class MetadataWriter {
    private static final System.Logger LOG = System.getLogger(MetadataWriter.class.getName());

    private final MetadataFile file;
    private final Supplier<CompletableFuture<Metadata>> state;
    private final Executor executor;

    // Guarded by this.
    private boolean writing;
    private boolean closed;
    private CompletableFuture<Void> next;

    /**
     * A writer that asks {@code state} what to write.
     *
     * @param state is not asked again before it has answered, and may be asked on any thread; it
     *     must tell all that was changed before it was asked
     * @param executor for what blocks; it must run until {@link #close} is done
     */
    public MetadataWriter(
            MetadataFile file, Supplier<CompletableFuture<Metadata>> state, Executor executor) {
        this.file = file;
        this.state = state;
        this.executor = executor;
    }

    /** Something is different now. It gets written, soon; if it can't be, the log says so. */
    public void changed() {
        save();
    }

    /**
     * Writes what is true by now. Done, on some thread, when it is on disk; fails with the reason
     * when it could not be written, in which case the next change tries again.
     */
    public CompletableFuture<Void> save() {
        CompletableFuture<Void> saved;
        synchronized (this) {
            if (closed) return CompletableFuture.failedFuture(new IOException("nsqd is stopping"));
            if (next == null) next = new CompletableFuture<>();
            saved = next;
            if (writing) return saved;
            writing = true;
        }
        write();
        return saved;
    }

    /** A last time; what changes from now on is not written. */
    public CompletableFuture<Void> close() {
        CompletableFuture<Void> saved = save();
        synchronized (this) {
            closed = true;
        }
        return saved;
    }

    /** What is waited for from here on is not in this write: the state is asked for only now. */
    private void write() {
        CompletableFuture<Void> saved;
        synchronized (this) {
            saved = next;
            next = null;
        }
        state.get().thenAcceptAsync(this::write, executor).whenComplete((v, e) -> wrote(saved, e));
    }

    private void write(Metadata metadata) {
        try {
            file.write(metadata);
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private void wrote(CompletableFuture<Void> saved, Throwable failure) {
        boolean again;
        synchronized (this) {
            again = next != null;
            writing = again;
        }
        if (again) write();
        if (failure == null) {
            saved.complete(null);
            return;
        }
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        LOG.log(System.Logger.Level.ERROR, "failed to persist metadata - " + cause);
        saved.completeExceptionally(cause);
    }
}
