package io.sluice.nsqd.core;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** What an {@code OK} has to wait for. */
public final class Receipt {
    private final Map<TopicLog, Durability> awaited = new LinkedHashMap<>();
    private int left;
    private String failure;

    Receipt(TopicLog log, Durability level) {
        awaited.put(log, level);
    }

    /** This, and the other if it is not null. */
    Receipt and(Receipt other) {
        if (other == null) return this;
        other.awaited.forEach(
                (log, level) -> awaited.merge(log, level, (a, b) -> a.compareTo(b) > 0 ? a : b));
        return this;
    }

    /** Calls {@code done} with null when all is as durable as promised, or with why it is not. */
    public void whenDurable(Consumer<String> done) {
        left = awaited.size();
        awaited.forEach((log, level) -> log.whenDurable(level, why -> one(why, done)));
    }

    private void one(String why, Consumer<String> done) {
        if (why != null) failure = why;
        if (--left == 0) done.accept(failure);
    }
}
