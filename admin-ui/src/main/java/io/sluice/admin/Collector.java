package io.sluice.admin;

import io.sluice.daemon.HostAndPort;
import io.vertx.core.Future;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Asks the whole cluster, once for all who look at it: however many they are, a round starts only
 * when the last one has ended a while ago. Belongs to one event loop.
 */
final class Collector {
    private static final long MAX_AGE_NS = TimeUnit.SECONDS.toNanos(1);
    private static final String STATS =
            "/stats?format=json&include_clients=false&include_mem=false";

    private final JsonGet http;
    private final LongSupplier clock;
    private final Set<HostAndPort> lookups;
    private final Set<HostAndPort> nodes;
    private Future<ClusterView> round;
    private long endedNs;

    /** Finds queue daemons at lookup nodes when there are any; otherwise {@code nodes} are all. */
    Collector(
            JsonGet http, LongSupplier clock, List<HostAndPort> lookups, List<HostAndPort> nodes) {
        this.http = http;
        this.clock = clock;
        this.lookups = new LinkedHashSet<>(lookups);
        this.nodes = new LinkedHashSet<>(nodes);
    }

    /** The cluster as it is now, or was a second ago at most. Never fails. */
    Future<ClusterView> view() {
        if (round == null || round.isComplete() && clock.getAsLong() - endedNs > MAX_AGE_NS) {
            round = collect().onComplete(end -> endedNs = clock.getAsLong());
        }
        return round;
    }

    private Future<ClusterView> collect() {
        ClusterView view =
                lookups.isEmpty()
                        ? ClusterView.ofNodes(nodes)
                        : ClusterView.ofLookups(lookups.size());
        return all(lookups.stream().map(lookup -> askLookup(lookup, view)))
                .compose(asked -> all(view.nodes().stream().map(this::askNode)))
                .map(view);
    }

    private static Future<?> all(Stream<Future<?>> answers) {
        return Future.join(answers.toList());
    }

    private Future<?> askLookup(HostAndPort lookup, ClusterView view) {
        Future<LookupAnswer.Nodes> registered =
                http.ask(lookup, "/nodes", LookupAnswer.Nodes.class);
        Future<LookupAnswer.Topics> topics = http.ask(lookup, "/topics", LookupAnswer.Topics.class);
        return Future.all(registered, topics)
                .onSuccess(
                        both -> view.lookupAnswered(lookup, registered.result(), topics.result()))
                .onFailure(e -> view.lookupFailed(lookup, e.getMessage()))
                .otherwiseEmpty();
    }

    private Future<?> askNode(QueueNode node) {
        Future<?> known =
                lookups.isEmpty()
                        ? http.ask(node.http(), "/info", NodeAnswer.Info.class)
                                .onSuccess(node::answered)
                        : Future.succeededFuture();
        return known.compose(info -> http.ask(node.http(), STATS, NodeAnswer.Stats.class))
                .onSuccess(node::answered)
                .onFailure(e -> node.failed(e.getMessage()))
                .otherwiseEmpty();
    }
}
