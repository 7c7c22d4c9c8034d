package io.sluice.examples.bench.load;

import io.sluice.examples.bench.wire.HttpConnection;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Publishes by HTTP: one request at a time on a connection that is kept alive. */
final class RequestPublisher implements Publisher {
    private final HttpConnection connection;
    private final ByteBuffer request;
    private final int batch;
    private final Numbers numbers;
    private final Progress acknowledged;

    /**
     * A publisher that has sent nothing yet.
     *
     * @param batch messages in the request
     * @param numbers are only counted: the messages do not carry them
     */
    RequestPublisher(
            HttpConnection connection,
            ByteBuffer request,
            int batch,
            Numbers numbers,
            Progress acknowledged) {
        this.connection = connection;
        this.request = request;
        this.batch = batch;
        this.numbers = numbers;
        this.acknowledged = acknowledged;
    }

    @Override
    public void publish(long untilNs) throws IOException {
        while (numbers.has(batch) && System.nanoTime() < untilNs) {
            numbers.take(batch);
            connection.exchange(request.duplicate());
            acknowledged.add(batch);
        }
    }
}
