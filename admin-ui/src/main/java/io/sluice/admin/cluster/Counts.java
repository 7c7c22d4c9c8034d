package io.sluice.admin.cluster;

/**
 * The numbers of a topic, of a channel, or of a sum of them. Messages, requeued and timed out count
 * since each daemon started; the last four are per second.
 */
public record Counts(
        long depth,
        long backendDepth,
        long inFlight,
        long deferred,
        long messages,
        long requeued,
        long timedOut,
        long consumers,
        Rate rate) {
    /** Nothing at all. */
    public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0, Rate.NONE);

    /** What goes on, per second. */
    public record Rate(double in, double out, double timeouts, double requeues) {
        /** Standing still. */
        public static final Rate NONE = new Rate(0, 0, 0, 0);

        Rate plus(Rate other) {
            return new Rate(
                    in + other.in,
                    out + other.out,
                    timeouts + other.timeouts,
                    requeues + other.requeues);
        }

        /** A step towards {@code now}; {@code weight} of 1 goes all the way. */
        Rate towards(Rate now, double weight) {
            return new Rate(
                    step(in, now.in, weight),
                    step(out, now.out, weight),
                    step(timeouts, now.timeouts, weight),
                    step(requeues, now.requeues, weight));
        }

        private static double step(double from, double to, double weight) {
            double value = from + (to - from) * weight;
            return value < 0.05 ? 0 : value;
        }
    }

    static Counts of(NodeAnswer.Topic topic, Rate rate) {
        return new Counts(
                topic.depth(), topic.backendDepth(), 0, 0, topic.messageCount(), 0, 0, 0, rate);
    }

    static Counts of(NodeAnswer.Channel on, Rate rate) {
        return new Counts(
                on.depth(),
                on.backendDepth(),
                on.inFlightCount(),
                on.deferredCount(),
                on.messageCount(),
                on.requeueCount(),
                on.timeoutCount(),
                on.clientCount(),
                rate);
    }

    /** The sums. */
    public Counts plus(Counts other) {
        return new Counts(
                depth + other.depth,
                backendDepth + other.backendDepth,
                inFlight + other.inFlight,
                deferred + other.deferred,
                messages + other.messages,
                requeued + other.requeued,
                timedOut + other.timedOut,
                consumers + other.consumers,
                rate.plus(other.rate));
    }

    /** The same, standing still: what is known of a daemon that no longer answers. */
    Counts still() {
        return new Counts(
                depth,
                backendDepth,
                inFlight,
                deferred,
                messages,
                requeued,
                timedOut,
                consumers,
                Rate.NONE);
    }

    /** Messages that have left since the start: finished, or emptied. */
    long left() {
        return messages - depth - inFlight - deferred;
    }
}
