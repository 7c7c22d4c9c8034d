package io.sluice.examples;

import io.sluice.client.Consumer;
import io.sluice.client.ConsumerListener;
import io.sluice.client.ConsumerOptions;
import io.sluice.client.NsqdAddress;
import io.sluice.client.Producer;
import io.sluice.client.ProducerOptions;
import io.sluice.protocol.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Publish and subscribe: every channel of a topic gets every message. {@code PublishSubscribe
 * 127.0.0.1:4150 signups "Ada" mail billing metrics}.
 */
public final class PublishSubscribe {
    private PublishSubscribe() {}

    /** Daemon, topic, text, channels. */
    public static void main(String[] args) throws InterruptedException {
        List<String> channels = List.of(args).subList(3, args.length);
        CountDownLatch subscribed = new CountDownLatch(channels.size());
        CountDownLatch left = new CountDownLatch(channels.size());
        List<Consumer> subscribers = new ArrayList<>();
        for (String channel : channels) {
            ConsumerOptions options =
                    ConsumerOptions.builder(args[1], channel)
                            .nsqd(args[0])
                            .listener(countingDown(subscribed))
                            .build();
            subscribers.add(
                    Consumer.start(
                            options,
                            message -> {
                                System.out.println(channel + " got " + message.body().utf8());
                                left.countDown();
                            }));
        }
        // A channel gets what is published from the moment on that it exists.
        subscribed.await();
        try (Producer producer = new Producer(ProducerOptions.builder().nsqd(args[0]).build())) {
            producer.publish(args[1], Bytes.utf8(args[2])).join();
        }
        left.await();
        subscribers.forEach(Consumer::close);
    }

    private static ConsumerListener countingDown(CountDownLatch subscribed) {
        return new ConsumerListener() {
            @Override
            public void connected(NsqdAddress nsqd) {
                subscribed.countDown();
            }
        };
    }
}
