package io.sluice.nsqd.net;

import io.sluice.nsqd.core.Broker;
import io.sluice.nsqd.core.BrokerSettings;
import io.sluice.nsqd.core.TopicLogs;
import io.sluice.nsqd.core.TopologyEvent;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * An event loop and the topics it owns. Only its thread touches them.
 *
 * <p>Work comes in turns: all that the loop finds to do at once is done, and then the turn ends
 * with what is due by now, one write for each connection that got something, and a timer for what
 * comes next.
 */
public final class CoreLoop {
    private final Vertx vertx;
    private final Context context;
    private final int index;
    private final Broker broker;
    private final LoopClock clock = new LoopClock();
    private List<Runnable> atTurnEnd = new ArrayList<>();
    private boolean inTurn;
    private long timer = -1;
    private long timerDueNs = Long.MAX_VALUE;

    /**
     * Makes a loop of the context it is called on.
     *
     * @param logs makes the logs of its topics
     * @param onBug told of any exception that should not have been possible: the state may be wrong
     */
    CoreLoop(
            Vertx vertx,
            int index,
            BrokerSettings settings,
            Function<CoreLoop, TopicLogs> logs,
            Consumer<TopologyEvent> events,
            Consumer<Throwable> onBug) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.index = index;
        this.broker = new Broker(settings, logs.apply(this), events);
        context.exceptionHandler(onBug::accept);
    }

    /** Its place among the loops, from 0. */
    public int index() {
        return index;
    }

    /** The topics. Only for this loop's thread, and within {@link #run} or {@link #call}. */
    public Broker broker() {
        return broker;
    }

    /** Nanoseconds since the epoch; never goes back. Only for this loop's thread. */
    public long nowNs() {
        return clock.nowNs();
    }

    /** What timers, servers and clients are made of. */
    public Vertx vertx() {
        return vertx;
    }

    /** Runs the task on this loop, later, as part of a turn. From any thread. */
    public void run(Runnable task) {
        context.runOnContext(
                v -> {
                    beginTurn();
                    task.run();
                });
    }

    /** Runs the task at once, as part of a turn. Only for this loop's thread. */
    void runNow(Runnable task) {
        beginTurn();
        ((ContextInternal) context).dispatch(task);
    }

    /** Runs the task on this loop after so many milliseconds. Only for this loop's thread. */
    public void runLater(Runnable task, long delayMs) {
        vertx.setTimer(
                Math.max(1, delayMs),
                id -> {
                    beginTurn();
                    task.run();
                });
    }

    /** Starts something on this loop: what it opens, such as a server, lives there. */
    public <T> Future<T> onLoop(Supplier<Future<T>> task) {
        Promise<T> promise = Promise.promise();
        context.runOnContext(v -> task.get().onComplete(promise));
        return promise.future();
    }

    /** As {@link #run}, with a result. It completes on the caller's own loop if it has one. */
    public <T> Future<T> call(Function<Broker, T> task) {
        return callLater((core, result) -> result.accept(task.apply(core)));
    }

    /** As {@link #call}, with a task that hands its result over when it has one. */
    public <T> Future<T> callLater(BiConsumer<Broker, Consumer<T>> task) {
        Promise<T> promise = Promise.promise();
        Context caller = Vertx.currentContext();
        Consumer<T> result =
                value -> {
                    if (caller == null) promise.complete(value);
                    else caller.runOnContext(v -> promise.complete(value));
                };
        run(() -> task.accept(broker, result));
        return promise.future();
    }

    /** The core is about to be used: this turn must end properly. Only for this loop's thread. */
    void beginTurn() {
        if (inTurn) return;
        inTurn = true;
        // Runs when the loop has nothing else at hand, so that several reads share one turn.
        context.runOnContext(v -> endTurn());
    }

    /** Calls {@code task} once, at the end of this turn. Only for this loop's thread. */
    void atTurnEnd(Runnable task) {
        beginTurn();
        atTurnEnd.add(task);
    }

    private void endTurn() {
        long dueNs = broker.tick(nowNs());
        // What the tasks set off, as a write that is done at once, belongs to the next turn.
        inTurn = false;
        List<Runnable> tasks = atTurnEnd;
        atTurnEnd = new ArrayList<>();
        for (Runnable task : tasks) task.run();
        arm(dueNs);
    }

    /** One timer for all that is due; it may fire early, for that costs nothing but a look. */
    private void arm(long dueNs) {
        if (dueNs >= timerDueNs) return;
        if (timer >= 0) vertx.cancelTimer(timer);
        long delayMs = Math.max(1, (dueNs - nowNs() + 999_999) / 1_000_000);
        timerDueNs = dueNs;
        timer = vertx.setTimer(delayMs, id -> fire());
    }

    private void fire() {
        timer = -1;
        timerDueNs = Long.MAX_VALUE;
        clock.catchUp();
        beginTurn();
    }
}
