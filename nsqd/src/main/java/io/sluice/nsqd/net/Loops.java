package io.sluice.nsqd.net;

import io.sluice.daemon.HostAndPort;
import io.sluice.daemon.ListenAddress;
import io.sluice.nsqd.core.Broker;
import io.sluice.nsqd.core.BrokerSettings;
import io.sluice.nsqd.core.TopicLogs;
import io.sluice.nsqd.core.TopologyEvent;
import io.sluice.protocol.TopicName;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/** All loops. Each topic belongs to one of them, and stays there. */
public final class Loops {
    private final List<CoreLoop> loops;
    private final AtomicInteger systemPorts = new AtomicInteger();

    private Loops(List<CoreLoop> loops) {
        this.loops = List.copyOf(loops);
    }

    /**
     * Makes {@code count} loops, each on an event loop of its own as far as there are any.
     *
     * @param logs makes the logs of each loop's topics
     * @param events told of topics and channels, by the loop that owns them
     * @param onBug told of any exception that should not have been possible: the state may be wrong
     */
    public static Future<Loops> start(
            Vertx vertx,
            int count,
            BrokerSettings settings,
            Function<CoreLoop, TopicLogs> logs,
            Consumer<TopologyEvent> events,
            Consumer<Throwable> onBug) {
        Future<List<CoreLoop>> made = Future.succeededFuture(new ArrayList<>());
        for (int i = 0; i < count; i++) {
            int index = i;
            made =
                    made.compose(
                            loops ->
                                    onNewContext(
                                            vertx,
                                            () ->
                                                    loops.add(
                                                            new CoreLoop(
                                                                    vertx, index, settings, logs,
                                                                    events, onBug)),
                                            loops));
        }
        return made.map(Loops::new);
    }

    private static <T> Future<T> onNewContext(Vertx vertx, Runnable task, T result) {
        // A verticle is Vert.x's way to get the next event loop.
        Deployable verticle =
                new VerticleBase() {
                    @Override
                    public Future<?> start() {
                        task.run();
                        return Future.succeededFuture();
                    }
                };
        return vertx.deployVerticle(verticle).map(result);
    }

    /**
     * Opens a server on every loop, all on one port; on the first only, for a unix socket. {@code
     * listen} makes one that listens on the port it is given, and tells the real one.
     *
     * @return completes with the real port, which matters when it was 0; -1 when there is none
     */
    public Future<Integer> listen(
            ListenAddress address, BiFunction<CoreLoop, Integer, Future<Integer>> listen) {
        if (!(address instanceof HostAndPort tcp)) {
            CoreLoop first = loops.get(0);
            return first.onLoop(() -> listen.apply(first, -1)).map(-1);
        }
        int port = tcp.port();
        // Vert.x shares a port of the system's choice among those who ask for the same negative.
        int shared = port == 0 ? systemPorts.decrementAndGet() : port;
        Future<Integer> listening = Future.succeededFuture();
        for (CoreLoop loop : loops) {
            listening = listening.compose(real -> loop.onLoop(() -> listen.apply(loop, shared)));
        }
        return listening;
    }

    /** The loop that owns topics of this name. */
    public CoreLoop of(TopicName topic) {
        // Names often differ in their last character only: spread them.
        int hash = topic.value().hashCode() * 0x9E3779B9;
        return loops.get((hash >>> 16) % loops.size());
    }

    /** The loop at {@code index}, from 0. */
    public CoreLoop get(int index) {
        return loops.get(index);
    }

    /** Count of loops. */
    public int size() {
        return loops.size();
    }

    /** Asks every loop; the answers come in the order of the loops. */
    public <T> Future<List<T>> callAll(Function<Broker, T> task) {
        return callAllLater((broker, result) -> result.accept(task.apply(broker)));
    }

    /** As {@link #callAll}, with a task that hands its answer over when it has one. */
    public <T> Future<List<T>> callAllLater(BiConsumer<Broker, Consumer<T>> task) {
        List<Future<T>> answers = new ArrayList<>();
        for (CoreLoop loop : loops) answers.add(loop.callLater(task));
        return Future.all(answers).map(all -> all.list());
    }
}
