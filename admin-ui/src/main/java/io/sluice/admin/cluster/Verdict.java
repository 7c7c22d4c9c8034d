package io.sluice.admin.cluster;

import io.sluice.admin.cluster.ChannelView.Consumer;
import io.sluice.admin.cluster.Finding.Level;
import java.util.ArrayList;
import java.util.List;

/** Why a channel is as it is: what an operator would find out by looking at its numbers. */
public final class Verdict {
    /** Slower than this is standing still. */
    private static final double MOVES = 0.1;

    private final ChannelView channel;
    private final Counts counts;
    private final long ageSeconds;
    private final List<Finding> findings = new ArrayList<>();

    private Verdict(ChannelView channel, long nowMs) {
        this.channel = channel;
        this.ageSeconds = ageSeconds(channel.oldestNs(), nowMs);
        this.counts = channel.counts();
    }

    /** What is wrong with it, the worst first; nothing when all is well. */
    public static List<Finding> of(ChannelView channel) {
        return of(channel, System.currentTimeMillis());
    }

    /** As the other, at a time in milliseconds since 1970. */
    static List<Finding> of(ChannelView channel, long nowMs) {
        Verdict verdict = new Verdict(channel, nowMs);
        verdict.backlog();
        verdict.stuckConsumers();
        verdict.returning();
        verdict.nodes();
        return verdict.findings;
    }

    /** In steps, so that the sentence is not another one with every look; 0 for not known. */
    private static long ageSeconds(long oldestNs, long nowMs) {
        if (oldestNs == 0) return 0;
        return Math.max(0, nowMs - oldestNs / 1_000_000) / 10_000 * 10;
    }

    private String holds() {
        String waiting = Words.waiting(counts.depth());
        if (ageSeconds == 0) return waiting;
        return waiting + ", the oldest for " + Words.duration(ageSeconds);
    }

    private void add(String rule, Level level, String text) {
        findings.add(Finding.of(channel, rule, level, text));
    }

    private void backlog() {
        double growth = counts.rate().in() - counts.rate().out();
        boolean grows = growth > MOVES;
        String holds = holds();
        String grow = "grows by " + Words.rate(growth);
        if (channel.isPaused()) {
            if (grows) add("paused", Level.WARN, "Paused, and " + grow + ": " + holds + ".");
            else if (counts.depth() > 0) add("paused", Level.WARN, "Paused: " + holds + ".");
        } else if (counts.consumers() == 0 && counts.depth() > 0) {
            add(
                    "no-consumer",
                    grows ? Level.BAD : Level.WARN,
                    "No consumer: " + holds + (grows ? ", and it " + grow : "") + ".");
        } else if (grows && saturated() == consumers() && consumers() > 0) {
            add(
                    "saturated",
                    Level.BAD,
                    consumers()
                            + " of "
                            + Words.count(consumers(), "consumer")
                            + " hold all that they are ready for, and messages come faster ("
                            + Words.rate(counts.rate().in())
                            + ") than they are finished ("
                            + Words.rate(counts.rate().out())
                            + ").");
        } else if (grows && counts.depth() > 0) {
            add(
                    "growing",
                    Level.WARN,
                    "Messages come faster ("
                            + Words.rate(counts.rate().in())
                            + ") than they are finished ("
                            + Words.rate(counts.rate().out())
                            + "): "
                            + holds
                            + ".");
        }
        if (counts.backendDepth() > 0) {
            String onDisk = Words.count(counts.backendDepth(), "message");
            add("disk", Level.INFO, "Of the backlog, " + onDisk + " on disk, not in memory.");
        }
    }

    private int consumers() {
        return channel.consumers().size();
    }

    private long saturated() {
        return channel.consumers().stream().filter(Consumer::isSaturated).count();
    }

    private void stuckConsumers() {
        long stuck = 0;
        long held = 0;
        long idleNs = 0;
        for (Consumer consumer : channel.consumers()) {
            if (!consumer.isStuck()) continue;
            stuck++;
            held += consumer.client().inFlightCount();
            idleNs = Math.max(idleNs, consumer.idleNs());
        }
        if (stuck == 0) return;
        add(
                "stuck",
                Level.BAD,
                stuck
                        + " of "
                        + Words.count(consumers(), "consumer")
                        + (stuck == 1 ? " holds " : " hold ")
                        + Words.count(held, "message")
                        + " and finished nothing for "
                        + Words.duration(idleNs / 1_000_000_000)
                        + ".");
    }

    private void returning() {
        double timeouts = counts.rate().timeouts();
        if (timeouts > 0) {
            add(
                    "timeouts",
                    Level.WARN,
                    "Messages time out at "
                            + Words.rate(timeouts)
                            + ": consumers take longer than they may.");
        }
        if (counts.rate().requeues() > 0) {
            String rate = Words.rate(counts.rate().requeues());
            add("requeues", Level.INFO, "Consumers send messages back at " + rate + ".");
        }
    }

    private void nodes() {
        int paused = channel.pausedNodes();
        if (paused > 0 && !channel.isPaused()) {
            add(
                    "pause-mixed",
                    Level.WARN,
                    "Paused on "
                            + paused
                            + " of "
                            + Words.count(channel.nodes().size(), "node")
                            + ".");
        }
    }
}
