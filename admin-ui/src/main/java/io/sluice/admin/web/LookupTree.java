package io.sluice.admin.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.admin.cluster.ClusterView;
import io.sluice.admin.cluster.Json;
import io.sluice.admin.cluster.LookupNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** The page of the lookup nodes: how they answer, where they differ, what nobody produces. */
final class LookupTree {
    private static final int MAX_DIFFERENCES = 100;

    private LookupTree() {}

    static ObjectNode of(ClusterView view) {
        ObjectNode tree = Json.object();
        Tree.put(tree, "ready", Trees.isReady(view));
        ObjectNode lookups = tree.putObject("lookups");
        List<LookupNode> answering = new ArrayList<>();
        for (LookupNode lookup : view.lookups()) {
            ObjectNode one = lookups.putObject(lookup.address());
            String problem = lookup.asked().problem(view.nowNs());
            Tree.put(one, "problem", problem);
            if (problem == null && lookup.asked().hasAnswered()) answering.add(lookup);
            // In steps, so that not every small change is sent.
            long ms = lookup.asked().tookNs() / 1_000_000;
            Tree.put(one, "took_ms", ms / 10 * 10);
            Tree.put(one, "topics", lookup.topics().size());
            Tree.put(one, "nodes", lookup.producers().size());
            Tree.put(one, "inactive", lookup.inactive().size());
        }
        ObjectNode differences = tree.putObject("differences");
        differ(differences, "topic", answering, LookupNode::topics);
        differ(differences, "nsqd", answering, LookupTree::nodes);
        ObjectNode inactive = tree.putObject("inactive");
        inactive(view)
                .forEach(
                        (topic, channels) -> inactive.set(topic, Json.tree(List.copyOf(channels))));
        return tree;
    }

    private static List<String> nodes(LookupNode lookup) {
        return lookup.producers().stream()
                .map(producer -> producer.broadcastAddress() + ":" + producer.httpPort())
                .toList();
    }

    private static void differ(
            ObjectNode to,
            String kind,
            List<LookupNode> lookups,
            Function<LookupNode, List<String>> names) {
        Map<String, List<String>> knownAt = new TreeMap<>();
        for (LookupNode lookup : lookups) {
            for (String name : new TreeSet<>(names.apply(lookup))) {
                knownAt.computeIfAbsent(name, key -> new ArrayList<>()).add(lookup.address());
            }
        }
        for (Map.Entry<String, List<String>> entry : knownAt.entrySet()) {
            if (entry.getValue().size() == lookups.size()) continue;
            if (to.size() == MAX_DIFFERENCES) return;
            List<String> missing =
                    lookups.stream()
                            .map(LookupNode::address)
                            .filter(address -> !entry.getValue().contains(address))
                            .toList();
            ObjectNode one = to.putObject(kind + " " + entry.getKey());
            one.put("kind", kind).put("name", entry.getKey());
            one.put("missing", String.join(", ", missing));
        }
    }

    private static Map<String, TreeSet<String>> inactive(ClusterView view) {
        Map<String, TreeSet<String>> all = new TreeMap<>();
        for (LookupNode lookup : view.lookups()) {
            lookup.inactive()
                    .forEach(
                            (topic, channels) ->
                                    all.computeIfAbsent(topic, key -> new TreeSet<>())
                                            .addAll(channels));
        }
        for (LookupNode lookup : view.lookups()) {
            for (String topic : lookup.topics()) {
                if (!lookup.inactive().containsKey(topic)) all.remove(topic);
            }
        }
        return all;
    }
}
