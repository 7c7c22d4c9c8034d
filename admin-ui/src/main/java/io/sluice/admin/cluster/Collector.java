package io.sluice.admin.cluster;

import io.sluice.daemon.HostAndPort;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Asks the whole cluster, once for all who look at it: every second while somebody does, every ten
 * seconds otherwise. Each daemon has its own time to answer, and none waits for another. Belongs to
 * one event loop.
 */
public final class Collector {
    private static final long STEP_MS = 250;
    private static final long WATCHED_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long UNWATCHED_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long ATTENTION_NS = TimeUnit.SECONDS.toNanos(15);

    /** A daemon that is no longer registered is still shown for so long. */
    private static final long REMEMBERED_NS = TimeUnit.MINUTES.toNanos(10);

    /** Topics without a daemon whose channels one lookup node is asked for. */
    private static final int MAX_INACTIVE = 200;

    private static final String STATS = "/stats?format=json&include_mem=false";

    private final Vertx vertx;
    private final Upstream http;
    private final LongSupplier clock;
    private final Map<String, LookupNode> lookups = new LinkedHashMap<>();
    private final Map<String, QueueNode> nodes = new TreeMap<>();
    private boolean givenNodes;
    private long watchedNs;
    private ClusterView view;

    /** Asks nobody yet; {@code clock} is monotonic, in nanoseconds. */
    public Collector(Vertx vertx, Upstream http, LongSupplier clock) {
        this.vertx = vertx;
        this.http = http;
        this.clock = clock;
    }

    /** Finds queue daemons at lookup nodes when there are any; otherwise {@code given} are all. */
    public void start(List<HostAndPort> lookupAddresses, List<HostAndPort> given) {
        lookups(lookupAddresses);
        givenNodes = lookups.isEmpty();
        for (HostAndPort node : given) nodes.put(node.toString(), new QueueNode(node, true));
        watchedNs = clock.getAsLong() - ATTENTION_NS;
        vertx.setPeriodic(1, STEP_MS, timer -> step());
    }

    /** Asks other lookup nodes from now on. */
    public void lookups(List<HostAndPort> addresses) {
        Map<String, LookupNode> old = new LinkedHashMap<>(lookups);
        lookups.clear();
        for (HostAndPort address : addresses) {
            LookupNode known = old.remove(address.toString());
            lookups.put(address.toString(), known == null ? new LookupNode(address) : known);
        }
        for (LookupNode gone : old.values()) {
            for (QueueNode node : nodes.values()) {
                node.unregistered(gone.http(), clock.getAsLong());
            }
        }
        view = null;
    }

    /** Somebody looks: for a while everyone is asked every second. */
    public void watched() {
        watchedNs = clock.getAsLong();
    }

    private void step() {
        long nowNs = clock.getAsLong();
        boolean watched = nowNs - watchedNs < ATTENTION_NS;
        long intervalNs = watched ? WATCHED_NS : UNWATCHED_NS;
        for (LookupNode lookup : lookups.values()) {
            if (lookup.asked().isDue(nowNs, intervalNs)) ask(lookup);
        }
        for (QueueNode node : nodes.values()) {
            if (node.asked().isDue(nowNs, intervalNs)) ask(node);
        }
        if (nodes.values().removeIf(node -> isForgotten(node, nowNs))) view = null;
    }

    private static boolean isForgotten(QueueNode node, long nowNs) {
        return !node.isPresent() && nowNs - node.goneNs() > REMEMBERED_NS;
    }

    /**
     * Done when all have been asked anew, those left out that are known not to answer, and after
     * two seconds at the latest. Never fails.
     */
    public Future<ClusterView> fresh() {
        Promise<ClusterView> done = Promise.promise();
        long timer =
                vertx.setTimer(
                        TimeUnit.NANOSECONDS.toMillis(Asked.SILENT_AFTER_NS) + STEP_MS,
                        late -> done.tryComplete(view()));
        askAll(lookups.values().stream().filter(this::isAsked).map(this::ask).toList())
                .compose(
                        all ->
                                askAll(
                                        nodes.values().stream()
                                                .filter(this::isAsked)
                                                .map(this::ask)
                                                .toList()))
                .onComplete(
                        all -> {
                            vertx.cancelTimer(timer);
                            done.tryComplete(view());
                        });
        return done.future();
    }

    private boolean isAsked(LookupNode lookup) {
        return !lookup.asked().isSilent(clock.getAsLong());
    }

    private boolean isAsked(QueueNode node) {
        return !node.asked().isSilent(clock.getAsLong());
    }

    private static Future<?> askAll(Collection<Future<Void>> answers) {
        return Future.join(new ArrayList<>(answers));
    }

    private Future<Void> ask(LookupNode lookup) {
        lookup.asked().asked(clock.getAsLong());
        Future<LookupAnswer.Nodes> registered =
                http.ask(lookup.http(), "/nodes", LookupAnswer.Nodes.class);
        Future<LookupAnswer.Topics> topics =
                http.ask(lookup.http(), "/topics", LookupAnswer.Topics.class);
        return Future.all(registered, topics)
                .compose(both -> inactive(lookup, registered.result(), topics.result()))
                .onSuccess(all -> lookup.asked().answered(clock.getAsLong()))
                .onFailure(e -> lookup.asked().failed(e.getMessage()))
                .onComplete(end -> view = null)
                .otherwiseEmpty();
    }

    private Future<Void> inactive(
            LookupNode lookup, LookupAnswer.Nodes registered, LookupAnswer.Topics topics) {
        lookup.answered(registered, topics);
        if (lookups.get(lookup.address()) == lookup) register(lookup, registered);
        Map<String, List<String>> channels = new TreeMap<>();
        List<Future<?>> asked = new ArrayList<>();
        for (String topic : lookup.withoutProducer()) {
            channels.put(topic, List.of());
            if (asked.size() >= MAX_INACTIVE) continue;
            String uri = "/channels?topic=" + URLEncoder.encode(topic, StandardCharsets.UTF_8);
            asked.add(
                    http.ask(lookup.http(), uri, LookupAnswer.Channels.class)
                            .onSuccess(found -> channels.put(topic, found.channels()))
                            .otherwiseEmpty());
        }
        return Future.join(asked).onComplete(end -> lookup.inactive(channels)).mapEmpty();
    }

    private void register(LookupNode lookup, LookupAnswer.Nodes registered) {
        Map<String, LookupAnswer.Producer> found = new LinkedHashMap<>();
        for (LookupAnswer.Producer producer : registered.producers()) {
            HostAndPort address = producer.http();
            if (address == null) continue;
            found.put(address.toString(), producer);
            nodes.computeIfAbsent(address.toString(), key -> new QueueNode(address, false))
                    .registered(lookup.http(), producer);
        }
        for (QueueNode node : nodes.values()) {
            if (!found.containsKey(node.address())) {
                node.unregistered(lookup.http(), clock.getAsLong());
            }
        }
    }

    private Future<Void> ask(QueueNode node) {
        node.asked().asked(clock.getAsLong());
        Future<?> known =
                node.needsInfo()
                        ? http.ask(node.http(), "/info", NodeAnswer.Info.class)
                                .onSuccess(node::answered)
                        : Future.succeededFuture();
        return known.compose(info -> http.ask(node.http(), STATS, NodeAnswer.Stats.class))
                .onSuccess(stats -> node.answered(stats, clock.getAsLong()))
                .onFailure(e -> node.asked().failed(e.getMessage()))
                .onComplete(end -> view = null)
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }

    /** All that is known now. Waits for nobody. */
    public ClusterView view() {
        long nowNs = clock.getAsLong();
        if (view == null || nowNs - view.nowNs() > STEP_MS * 1_000_000) {
            view = new ClusterView(lookups.values(), nodes.values(), givenNodes, nowNs);
        }
        return view;
    }
}
