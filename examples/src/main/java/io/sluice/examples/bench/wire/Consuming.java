package io.sluice.examples.bench.wire;

/**
 * How messages are consumed.
 *
 * @param consumers on each channel
 * @param readyCount RDY of each
 * @param outputBufferTimeoutMs how long the daemon may hold messages back to send more at once
 */
public record Consuming(int channels, int consumers, int readyCount, int outputBufferTimeoutMs) {
    /** The JSON with which a consumer introduces itself. */
    String identify() {
        return String.format(
                "{\"client_id\":\"bench\",\"user_agent\":\"sluice-bench\","
                        + "\"output_buffer_timeout\":%d}",
                outputBufferTimeoutMs);
    }

    @Override
    public String toString() {
        return String.format(
                "%d channel(s) x %d consumer(s), RDY %d, output buffer timeout %d ms",
                channels, consumers, readyCount, outputBufferTimeoutMs);
    }
}
