package io.sluice.admin.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.admin.action.Activity;
import io.sluice.admin.action.Outcome;
import io.sluice.admin.api.Graphite;
import io.sluice.admin.cluster.Attention;
import io.sluice.admin.cluster.ChannelView;
import io.sluice.admin.cluster.ClusterView;
import io.sluice.admin.cluster.Counts;
import io.sluice.admin.cluster.Finding;
import io.sluice.admin.cluster.Json;
import io.sluice.admin.cluster.TopicView;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What each page shows, as a tree whose lists are objects by name. */
final class Trees {
    private static final int TOP = 8;
    private static final int SHOWN_ACTIVITY = 200;

    private final Activity activity;
    private final Graphite graphite;

    /** {@code graphite} is null without one. */
    Trees(Activity activity, Graphite graphite) {
        this.activity = activity;
        this.graphite = graphite;
    }

    ObjectNode of(Look look, ClusterView view) {
        return switch (look.view()) {
            case "topics" -> topics(view);
            case "topic" -> charted(TopicTree.topic(view, look.topic()), look);
            case "channel" -> charted(TopicTree.channel(view, look.topic(), look.channel()), look);
            case "nodes" -> NodeTree.nodes(view);
            case "node" -> NodeTree.node(view, look.node());
            case "lookup" -> LookupTree.of(view);
            case "activity" -> activity();
            default -> overview(view);
        };
    }

    private ObjectNode charted(ObjectNode tree, Look look) {
        if (graphite == null || !tree.has("exists")) return tree;
        ObjectNode links = tree.putObject("graphite");
        links.put("depth", graphite.link(look.topic(), look.channel(), "depth"));
        links.put("messages", graphite.link(look.topic(), look.channel(), "message_count"));
        return tree;
    }

    private static ObjectNode overview(ClusterView view) {
        ObjectNode tree = Json.object();
        ObjectNode totals = tree.putObject("totals");
        Tree.put(totals, view.totals());
        totals.put("topics", view.topics().size());
        Tree.put(totals, "paused", view.topics().stream().filter(Trees::isPaused).count());
        Tree.put(totals, "lonely", view.topics().stream().filter(Trees::isLonely).count());
        Tree.put(tree, "lookups", view.lookups().size());
        Tree.put(tree, "ready", isReady(view));
        ObjectNode attention = tree.putObject("attention");
        List<Finding> findings = Attention.of(view);
        for (int i = 0; i < findings.size(); i++) Tree.put(attention, findings.get(i), i);
        tree.set("nodes", NodeTree.nodes(view).get("nodes"));
        ObjectNode top = tree.putObject("top");
        for (ChannelView channel : deepest(view)) {
            ObjectNode one = top.putObject(channel.topic() + "/" + channel.name());
            one.put("topic", channel.topic()).put("channel", channel.name());
            Tree.put(one, channel.counts());
            if (channel.drainSeconds() >= 0) one.put("drain_s", channel.drainSeconds());
        }
        return tree;
    }

    /** Whether everybody has been asked once: before, nothing is known to be missing. */
    static boolean isReady(ClusterView view) {
        boolean lookups = view.lookups().stream().noneMatch(one -> one.asked().isNew());
        return lookups
                && view.nodes().stream()
                        .noneMatch(
                                node ->
                                        node.asked().isNew()
                                                && !node.asked().isSilent(view.nowNs()));
    }

    /** Paused itself, or one of its channels is. */
    private static boolean isPaused(TopicView topic) {
        return topic.pausedNodes() > 0
                || topic.channels().stream().anyMatch(channel -> channel.pausedNodes() > 0);
    }

    /** A channel of it has no consumer. */
    private static boolean isLonely(TopicView topic) {
        return topic.channels().stream().anyMatch(channel -> channel.counts().consumers() == 0);
    }

    private static List<ChannelView> deepest(ClusterView view) {
        List<ChannelView> all = new ArrayList<>();
        for (TopicView topic : view.topics()) {
            for (ChannelView channel : topic.channels()) {
                if (channel.counts().depth() > 0) all.add(channel);
            }
        }
        all.sort(Comparator.comparingLong(channel -> -channel.counts().depth()));
        return all.subList(0, Math.min(TOP, all.size()));
    }

    private static ObjectNode topics(ClusterView view) {
        ObjectNode tree = Json.object();
        Tree.put(tree, "lookups", view.lookups().size());
        Tree.put(tree, "ready", isReady(view));
        ObjectNode topics = tree.putObject("topics");
        for (TopicView topic : view.topics()) put(topics.putObject(topic.name()), topic);
        ObjectNode nodes = tree.putObject("nodes");
        view.nodes().forEach(node -> nodes.put(node.address(), true));
        return tree;
    }

    private static void put(ObjectNode to, TopicView topic) {
        Counts channels = topic.channelCounts();
        Counts own = topic.counts();
        Tree.put(to, "depth", own.depth() + channels.depth());
        Tree.put(to, "waiting", own.depth());
        ChannelView worst = topic.worst();
        if (worst != null && worst.counts().depth() > 0) {
            Tree.put(to, "worst", worst.name());
            Tree.put(to, "worst_depth", worst.counts().depth());
        }
        Tree.put(to, "in", own.rate().in());
        Tree.put(to, "out", channels.rate().out());
        Tree.put(to, "in_flight", channels.inFlight());
        Tree.put(to, "deferred", channels.deferred());
        Tree.put(to, "messages", own.messages());
        Tree.put(to, "channels", topic.channels().size());
        Tree.put(to, "consumers", channels.consumers());
        Tree.put(to, "nodes", topic.nodes().size());
        Tree.put(to, "paused", topic.pausedNodes());
        long lonely = 0;
        long pausedChannels = 0;
        boolean grows = false;
        for (ChannelView channel : topic.channels()) {
            if (channel.counts().consumers() == 0) lonely++;
            if (channel.pausedNodes() > 0) pausedChannels++;
            grows |= channel.counts().rate().in() - channel.counts().rate().out() > 0.1;
        }
        Tree.put(to, "lonely", lonely);
        Tree.put(to, "paused_channels", pausedChannels);
        Tree.put(to, "growing", grows);
    }

    private ObjectNode activity() {
        ObjectNode tree = Json.object();
        ObjectNode entries = tree.putObject("entries");
        int skipped = Math.max(0, activity.entries().size() - SHOWN_ACTIVITY);
        activity.entries().stream()
                .skip(skipped)
                .forEach(entry -> put(entries.putObject(Long.toString(entry.number())), entry));
        return tree;
    }

    private static void put(ObjectNode to, Activity.Entry entry) {
        Instant at = Instant.ofEpochMilli(entry.atMs()).truncatedTo(ChronoUnit.MILLIS);
        to.put("at", at.toString());
        to.put("action", entry.action().kind().toString());
        Tree.put(to, "topic", entry.action().topic());
        Tree.put(to, "channel", entry.action().channel());
        Tree.put(to, "node", entry.action().node());
        Tree.put(to, "to", entry.action().to());
        Tree.put(to, "messages", Outcome.messages(entry.outcomes()));
        Tree.put(to, "user", entry.caller().user());
        Tree.put(to, "from", entry.caller().from());
        to.put("asked", entry.outcomes().size());
        to.put("done", Outcome.done(entry.outcomes()));
        ObjectNode problems = to.putObject("problems");
        for (Outcome outcome : entry.outcomes()) {
            if (!outcome.isDone()) problems.put(outcome.address(), outcome.inWords());
        }
    }
}
