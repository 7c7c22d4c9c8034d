package io.sluice.nsqd.store;

/** Why a topic's log cannot be written at present, and when to try again. Belongs to the loop. */
final class WriteTrouble {
    /** Until the next try. */
    static final long RETRY_MS = 200;

    private final LogHome home;
    private final Runnable retry;
    private String reason;
    private boolean retrying;
    private boolean ended;

    WriteTrouble(LogHome home, Runnable retry) {
        this.home = home;
        this.retry = retry;
    }

    /** As a client reads it; null when all is well. */
    String reason() {
        return reason;
    }

    /** Something could not be written; it is tried again until this is {@link #over}. */
    void begin(String why) {
        reason = why;
        home.store().trouble(home.topic(), why);
        if (retrying || ended) return;
        retrying = true;
        home.loop().timer().accept(this::fire, RETRY_MS);
    }

    private void fire() {
        retrying = false;
        if (reason == null || ended) return;
        retry.run();
        if (reason != null) begin(reason);
    }

    void over() {
        if (reason == null) return;
        reason = null;
        home.store().trouble(home.topic(), null);
    }

    /** Nothing is tried any more. */
    void end() {
        over();
        ended = true;
    }

    /** What a client gets to read of a failure. */
    String describe(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        if (message.contains("No space left")) return home.store().disk().full();
        return "cannot write to disk: " + message;
    }
}
