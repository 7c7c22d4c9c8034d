package io.sluice.admin.cluster;

import io.sluice.admin.cluster.Finding.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** All that needs a look in a cluster, the most pressing first. */
public final class Attention {
    /** More than anybody reads. */
    private static final int MAX_FINDINGS = 100;

    private final ClusterView view;
    private final List<Finding> findings = new ArrayList<>();

    private Attention(ClusterView view) {
        this.view = view;
    }

    /** The findings. */
    public static List<Finding> of(ClusterView view) {
        Attention attention = new Attention(view);
        for (LookupNode lookup : view.lookups()) attention.look(lookup);
        for (QueueNode node : view.nodes()) attention.look(node);
        for (TopicView topic : view.topics()) attention.look(topic);
        return attention.findings.stream()
                .sorted(Comparator.comparing(Finding::level))
                .limit(MAX_FINDINGS)
                .toList();
    }

    private void look(LookupNode lookup) {
        String problem = lookup.asked().problem(view.nowNs());
        if (problem == null) return;
        String text = "nsqlookupd " + lookup.address() + " " + problem + silence(lookup.asked());
        findings.add(new Finding("lookup-silent", Level.BAD, text, "", "", lookup.address()));
    }

    private String silence(Asked asked) {
        if (!asked.hasAnswered()) return ".";
        long seconds = asked.silenceNs(view.nowNs()) / 1_000_000_000;
        return ": silent for " + Words.duration(seconds) + ".";
    }

    private void look(QueueNode node) {
        String problem = node.asked().problem(view.nowNs());
        String name = "nsqd " + node.address() + " ";
        if (problem != null && !node.isPresent()) {
            String text = name + "is gone: it is no longer registered and does not answer.";
            findings.add(Finding.of(node, "node-gone", Level.WARN, text));
            return;
        }
        if (problem != null) {
            String text = name + problem + silence(node.asked());
            findings.add(Finding.of(node, "node-silent", Level.BAD, text));
            return;
        }
        if (node.stats() == null) return;
        if (!"OK".equals(node.stats().health())) {
            String text = name + "says that it is not well: " + node.stats().health();
            findings.add(Finding.of(node, "node-unhealthy", Level.BAD, text));
        }
        int at = node.registeredAt().size();
        int lookups = view.lookups().size();
        if (lookups > 0 && at < lookups) {
            String text = name + "is registered at " + at + " of " + lookups + " nsqlookupds.";
            findings.add(Finding.of(node, "node-unregistered", Level.WARN, text));
        }
        if (view.isOutOfDate(node)) {
            String text = name + "runs " + node.version() + ", and others a newer version.";
            findings.add(Finding.of(node, "node-old", Level.INFO, text));
        }
    }

    private void look(TopicView topic) {
        Counts counts = topic.counts();
        if (topic.channels().isEmpty() && counts.depth() > 0) {
            String text = Words.waiting(counts.depth()) + ", and there is no channel.";
            findings.add(Finding.of(topic, "no-channel", Level.WARN, text));
        }
        int paused = topic.pausedNodes();
        if (paused > 0 && paused < topic.nodes().size()) {
            String text = "Paused on " + paused + " of " + topic.nodes().size() + " nodes.";
            findings.add(Finding.of(topic, "pause-mixed", Level.WARN, text));
        } else if (paused > 0 && counts.rate().in() > 0) {
            String text = "Paused, and grows by " + Words.rate(counts.rate().in()) + ".";
            findings.add(Finding.of(topic, "paused", Level.WARN, text));
        }
        for (ChannelView channel : topic.channels()) {
            findings.addAll(Verdict.of(channel));
            missing(topic, channel);
        }
    }

    private void missing(TopicView topic, ChannelView channel) {
        TreeSet<String> without = new TreeSet<>();
        for (TopicView.OnNode on : topic.nodes()) without.add(on.node().address());
        for (ChannelView.OnNode on : channel.nodes()) without.remove(on.node().address());
        if (without.isEmpty()) return;
        String text = "Missing on " + String.join(", ", without) + ", where the topic is.";
        findings.add(Finding.of(channel, "channel-missing", Level.INFO, text));
    }
}
