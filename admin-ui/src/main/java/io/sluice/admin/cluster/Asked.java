package io.sluice.admin.cluster;

import java.util.concurrent.TimeUnit;

/** How a daemon answers: well, or not, and since when. Times are those of one monotonic clock. */
public final class Asked {
    /** Who has said nothing for so long is not waited for any more. */
    static final long SILENT_AFTER_NS = TimeUnit.SECONDS.toNanos(2);

    private long askedNs;
    private long answeredNs;
    private long startedNs;
    private boolean pending;
    private boolean answeredOnce;
    private String problem;

    void asked(long nowNs) {
        if (askedNs == 0) startedNs = nowNs;
        // Asking again does not make up for a question that is still open.
        if (!pending) askedNs = nowNs;
        pending = true;
    }

    void answered(long nowNs) {
        pending = false;
        answeredOnce = true;
        answeredNs = nowNs;
        problem = null;
    }

    void failed(String why) {
        pending = false;
        problem = why;
    }

    boolean isDue(long nowNs, long intervalNs) {
        return !pending && (askedNs == 0 || nowNs - askedNs >= intervalNs);
    }

    boolean isPending() {
        return pending;
    }

    /** True when its last question failed or has been open for too long. */
    public boolean isSilent(long nowNs) {
        return problem != null || pending && nowNs - askedNs > SILENT_AFTER_NS;
    }

    /** True until the first question has been answered, or has failed. */
    public boolean isNew() {
        return !answeredOnce && problem == null;
    }

    /** True when there is an answer, however old. */
    public boolean hasAnswered() {
        return answeredOnce;
    }

    /** Why it is silent, to follow its address; null when it is not. */
    public String problem(long nowNs) {
        if (problem != null) return problem;
        return isSilent(nowNs) ? "does not answer" : null;
    }

    /** Nanoseconds since its last answer, or since it was first asked. */
    public long silenceNs(long nowNs) {
        return nowNs - (answeredOnce ? answeredNs : startedNs);
    }

    /** Nanoseconds that the last answer took. */
    public long tookNs() {
        return Math.max(0, answeredNs - askedNs);
    }
}
