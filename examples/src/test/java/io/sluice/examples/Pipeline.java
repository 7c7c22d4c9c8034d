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

    /** Waits until lookup nodes know of the topic, which has these channels. */
    public Pipeline(String topic, String... channels) throws Exception {
        Http.post("http://" + nsqd.http() + "/topic/create?topic=" + topic, "");
        for (String channel : channels) {
            String query = "?topic=" + topic + "&channel=" + channel;
            Http.post("http://" + nsqd.http() + "/channel/create" + query, "");
        }
        String nodes = "http://" + lookupd.http() + "/lookup?topic=" + topic;
        Await.that("registered", 30, () -> Http.get(nodes).contains("\"producers\":[{"));
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
