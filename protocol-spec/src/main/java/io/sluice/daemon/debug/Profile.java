package io.sluice.daemon.debug;

import io.sluice.daemon.HttpError;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;

/** A recording of Java Flight Recorder: where the time goes, what is allocated, who waits. */
final class Profile {
    /** Bytes of a recording; of a longer one the beginning is missing. */
    private static final long MAX_BYTES = 64L * 1024 * 1024;

    private static final AtomicBoolean RUNNING = new AtomicBoolean();

    private Profile() {}

    /**
     * Records for so long and gives the recording, in the format of JFR.
     *
     * @throws HttpError PROFILE_RUNNING with status 409; there is one at a time
     */
    static Future<Iterator<Buffer>> record(Vertx vertx, int seconds) {
        if (!RUNNING.compareAndSet(false, true)) throw new HttpError(409, "PROFILE_RUNNING");
        return vertx.executeBlocking(Profile::start, false)
                .compose(
                        recording ->
                                vertx.timer(seconds, TimeUnit.SECONDS)
                                        .compose(
                                                v ->
                                                        vertx.executeBlocking(
                                                                () -> stop(recording), false)))
                .onComplete(done -> RUNNING.set(false));
    }

    private static Recording start() throws IOException, ParseException {
        Recording recording = new Recording(Configuration.getConfiguration("profile"));
        recording.setMaxSize(MAX_BYTES);
        recording.start();
        return recording;
    }

    private static Iterator<Buffer> stop(Recording recording) throws IOException {
        try (recording) {
            recording.stop();
            Path file = Files.createTempFile("profile", ".jfr");
            recording.dump(file);
            return FileSlices.taking(file);
        }
    }
}
