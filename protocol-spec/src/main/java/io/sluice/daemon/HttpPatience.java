package io.sluice.daemon;

/**
 * How long an HTTP server waits for a client, in milliseconds.
 *
 * @param headMs from the first byte of a request to the end of its headers
 * @param bodyMs from there to the end of its body
 * @param idleMs between requests
 * @param answerMs for any byte of an answer to be taken
 */
public record HttpPatience(int headMs, int bodyMs, int idleMs, int answerMs) {
    /** Enough for any client that means well. */
    public static final HttpPatience USUAL = new HttpPatience(30_000, 600_000, 300_000, 60_000);

    int shortestMs() {
        return Math.min(Math.min(headMs, bodyMs), Math.min(idleMs, answerMs));
    }
}
