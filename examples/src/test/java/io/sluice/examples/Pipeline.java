package io.sluice.examples;

import io.sluice.client.Consumer;
import io.sluice.client.ConsumerOptions;
import io.sluice.daemon.Running;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The queue of the log pipeline: a lookup node and a daemon, and who reads what was rejected. */
public final class Pipeline implements AutoCloseable {
    private final Cluster cluster = new Cluster();
    private final Running lookupd = cluster.lookupd();
    private final Running nsqd = cluster.nsqd();
    private final Set<String> rejected = ConcurrentHashMap.newKeySet();
    private final Consumer consumer;

    public Pipeline(String topic) {
        consumer =
                Consumer.start(
                        ConsumerOptions.builder(topic + ".rejected", "test").nsqd(nsqd()).build(),
                        message -> rejected.add(message.body().utf8()));
    }

    public String nsqd() {
        return nsqd.tcp().toString();
    }

    public String lookupd() {
        return lookupd.http().toString();
    }

    /** Lines of the topic of what was rejected. */
    public Set<String> rejected() {
        return rejected;
    }

    @Override
    public void close() {
        consumer.close();
        cluster.close();
    }
}
