package io.sluice.client.tools;

import io.sluice.client.Consumer;
import io.sluice.client.Producer;
import io.sluice.client.ReceivedMessage;
import io.sluice.protocol.Bytes;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Publishes the messages of topics to other daemons; each is finished when it has arrived. */
final class ToNsqd implements Job {
    private static final System.Logger LOG = System.getLogger(ToNsqd.class.getName());
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(30);

    private final ToNsqdOptions options;
    private final JsonFilter filter;
    private final Map<String, Producer> producers = new LinkedHashMap<>();
    private final List<Consumer> consumers = new ArrayList<>();
    private final Upstreams upstreams;
    private final HostTimings timings;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    private ToNsqd(ToNsqdOptions options) {
        this.options = options;
        filter = new JsonFilter(options.requireField, options.requireValue, options.whitelist);
        List<String> hosts = List.copyOf(new LinkedHashSet<>(options.destinations));
        for (String host : hosts) {
            producers.put(host, Destination.producer("nsq_to_nsq", host, options.producerOpts));
        }
        upstreams = Upstreams.of(options.mode, hosts, new Upstreams.RoundRobin(hosts));
        timings = new HostTimings(hosts, options.statusEvery);
    }

    /** Throws IllegalArgumentException for options that do not go. */
    static ToNsqd start(ToNsqdOptions options) {
        options.validate();
        ToNsqd toNsqd = new ToNsqd(options);
        for (String topic : new LinkedHashSet<>(options.topics)) toNsqd.consume(topic);
        return toNsqd;
    }

    private void consume(String topic) {
        String to = options.destinationTopic.isEmpty() ? topic : options.destinationTopic;
        consumers.add(
                Consumer.start(
                        options.source
                                .consumer("nsq_to_nsq", topic, options.channel, ended)
                                .build(),
                        message -> handle(message, to)));
    }

    private void handle(ReceivedMessage message, String to) throws Exception {
        byte[] body;
        try {
            body = filter.apply(message.body().toArray());
        } catch (JsonFilter.NoObjectException e) {
            LOG.log(Level.ERROR, "dropped a message, " + e.getMessage());
            return;
        }
        if (body != null) publish(message, to, Bytes.wrap(body));
    }

    private void publish(ReceivedMessage message, String to, Bytes body) {
        long startNs = System.nanoTime();
        String host = upstreams.next(startNs);
        message.answerLater();
        producers
                .get(host)
                .publish(to, body)
                .whenComplete((done, failure) -> answer(message, host, startNs, failure));
    }

    private void answer(ReceivedMessage message, String host, long startNs, Throwable failure) {
        long nowNs = System.nanoTime();
        timings.add(host, nowNs - startNs);
        if (failure == null) {
            upstreams.succeeded(host, nowNs - startNs, nowNs);
            message.finish();
        } else {
            LOG.log(Level.WARNING, "requeued: " + host + ": " + Failure.words(failure));
            upstreams.failed(host, nowNs);
            message.requeue();
        }
    }

    @Override
    public CompletableFuture<Void> ended() {
        return ended;
    }

    @Override
    public void stop() {
        Duration patience = ended.isCompletedExceptionally() ? Duration.ZERO : CLOSE_PATIENCE;
        for (Consumer consumer : consumers) consumer.close(patience);
        producers.values().forEach(Producer::close);
    }
}
