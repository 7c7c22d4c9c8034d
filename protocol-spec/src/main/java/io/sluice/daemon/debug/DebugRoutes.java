package io.sluice.daemon.debug;

import io.sluice.daemon.Answer;
import io.sluice.daemon.ApiRequest;
import io.sluice.daemon.ApiRouter;
import io.sluice.daemon.HttpError;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** {@code /debug/pprof} and its like: a JVM's answers to the questions that a Go program has. */
public final class DebugRoutes {
    private static final int USUAL_SECONDS = 30;

    /** Less than a connection may be idle. */
    private static final int MAX_SECONDS = 240;

    private static final String BINARY = "application/octet-stream";

    private static final String INDEX =
            """
            <html><head><title>/debug/pprof/</title></head><body>
            <p><a href="/debug/pprof/goroutine">goroutine</a>: all threads and where they are</p>
            <p><a href="/debug/pprof/heap">heap</a>: the heap, and what is in it by class</p>
            <p><a href="/debug/pprof/block">block</a>: threads that waited for locks</p>
            <p><a href="/debug/pprof/threadcreate">threadcreate</a>: how many threads there are</p>
            <p><a href="/debug/pprof/profile?seconds=30">profile</a>: a recording for JDK Mission
            Control</p>
            <p><a href="/debug/pprof/cmdline">cmdline</a>: how the daemon was started</p>
            </body></html>
            """;

    private final Vertx vertx;
    private final boolean heapDumpAllowed;

    /** Without {@code heapDumpAllowed}, whoever asks for the memory is refused. */
    public DebugRoutes(Vertx vertx, boolean heapDumpAllowed) {
        this.vertx = vertx;
        this.heapDumpAllowed = heapDumpAllowed;
    }

    /**
     * Adds what all daemons have.
     *
     * @param index where the list of all is: with NSQ, some daemons want a slash behind it
     */
    public void addTo(ApiRouter router, String index) {
        router.get(index, r -> Answer.bytes(200, "text/html; charset=utf-8", Buffer.buffer(INDEX)));
        text(router, "goroutine", Jvm::threads);
        text(router, "heap", () -> Jvm.heapSummary() + "\n" + Jvm.classHistogram());
        text(router, "block", Jvm::blocked);
        text(router, "threadcreate", Jvm::threadCounts);
        text(router, "cmdline", Jvm::commandLine);
        // Names need no looking up: profiles of a JVM have them in it.
        router.get("/debug/pprof/symbol", r -> Answer.plain(200, "num_symbols: 0\n"));
        router.post("/debug/pprof/symbol", r -> Answer.plain(200, "num_symbols: 0\n"));
        router.get("/debug/pprof/profile", this::profile);
        router.get("/debug/heapdump", this::heapDump);
    }

    /** Adds what nsqd has besides. */
    public void addActions(ApiRouter router) {
        router.put("/debug/setblockrate", this::setBlockRate);
        router.post("/debug/freememory", r -> freeMemory());
    }

    private void text(ApiRouter router, String name, Callable<String> text) {
        router.get(
                "/debug/pprof/" + name,
                request ->
                        Answer.later(
                                vertx.executeBlocking(text, false)
                                        .map(answer -> Answer.plain(200, answer))));
    }

    private Answer profile(ApiRequest request) {
        return Answer.later(
                Profile.record(vertx, seconds(request))
                        .map(
                                recording ->
                                        Answer.sliced(BINARY, recording)
                                                .header(
                                                        "Content-Disposition",
                                                        "attachment; filename=\"profile.jfr\"")));
    }

    private static int seconds(ApiRequest request) {
        String text = request.query("seconds");
        if (text == null) return USUAL_SECONDS;
        try {
            int seconds = Integer.parseInt(text);
            if (seconds >= 1 && seconds <= MAX_SECONDS) return seconds;
        } catch (NumberFormatException e) {
            // As any number that is not allowed.
        }
        throw new HttpError(400, "INVALID_SECONDS");
    }

    private Answer heapDump(ApiRequest request) {
        if (!heapDumpAllowed) throw new HttpError(403, "HEAP_DUMP_DISABLED");
        return Answer.later(
                vertx.executeBlocking(DebugRoutes::heapDump, false)
                        .map(dump -> Answer.sliced(BINARY, dump)));
    }

    private static FileSlices heapDump() throws IOException {
        Path folder = Files.createTempDirectory("heap");
        try {
            Path file = folder.resolve("dump.hprof");
            Jvm.dumpHeap(file);
            return FileSlices.taking(file);
        } finally {
            Files.delete(folder);
        }
    }

    private Answer setBlockRate(ApiRequest request) {
        String rate = request.query("rate");
        try {
            Jvm.measureBlocked(Integer.parseInt(rate == null ? "" : rate) > 0);
            return Answer.empty();
        } catch (NumberFormatException e) {
            return Answer.plain(400, "invalid block rate : '" + rate + "' is not a number");
        }
    }

    private Answer freeMemory() {
        Callable<Answer> collect =
                () -> {
                    System.gc();
                    return Answer.empty();
                };
        return Answer.later(vertx.executeBlocking(collect, false));
    }
}
