package io.sluice.protocol;

/**
 * What a peer may send at most, checked before memory is taken for it (spec/limits.md).
 *
 * @param maxMessageSize bytes of one message body, {@code --max-msg-size}
 * @param maxBodySize bytes of one command body (IDENTIFY, AUTH, MPUB), {@code --max-body-size}
 * @param maxReadyCount highest RDY, {@code --max-rdy-count}
 * @param maxRequeueDelayMs longest REQ, DPUB or defer, {@code --max-req-timeout}
 */
public record Limits(
        int maxMessageSize, int maxBodySize, long maxReadyCount, long maxRequeueDelayMs) {
    /** Bytes of a command line, its LF included. */
    public static final int LINE_LENGTH = 16_384;

    /** Characters of a topic or channel name, {@code #ephemeral} included. */
    public static final int NAME_LENGTH = 64;

    /** What NSQ allows when nothing is configured. */
    public static final Limits DEFAULT = new Limits(1_048_576, 5_242_880, 2_500, 3_600_000);

    /** The most messages that one MPUB can hold: each needs a length and one byte. */
    public int maxBatchCount() {
        return (maxBodySize - 4) / 5;
    }
}
