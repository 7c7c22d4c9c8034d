package io.sluice.nsqd.net;

import io.sluice.nsqd.core.Broker;
import io.sluice.protocol.TopicName;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** All loops. Each topic belongs to one of them, and stays there. */
public final class Loops {
    private final List<CoreLoop> loops;

    Loops(List<CoreLoop> loops) {
        this.loops = List.copyOf(loops);
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
        List<Future<T>> answers = new ArrayList<>();
        for (CoreLoop loop : loops) answers.add(loop.call(task));
        return Future.all(answers).map(all -> all.list());
    }
}
