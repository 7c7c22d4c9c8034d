package io.sluice.guide;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.client.Compression;
import io.sluice.client.ConnectionOptions;
import io.sluice.client.Consumer;
import io.sluice.client.ConsumerListener;
import io.sluice.client.ConsumerOptions;
import io.sluice.client.GiveUp;
import io.sluice.client.NsqException;
import io.sluice.client.Producer;
import io.sluice.client.ProducerOptions;
import io.sluice.client.ReceivedMessage;
import io.sluice.client.Tls;
import io.sluice.client.micrometer.ConsumerMetrics;
import io.sluice.client.micrometer.ProducerMetrics;
import io.sluice.protocol.Bytes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** What the guide shows: {@link GuideTest} compares. Between "guide" and "end" stands a snippet. */
final class GuideSnippets {
    private final Mailer mailer;

    GuideSnippets(Mailer mailer) {
        this.mailer = mailer;
    }

    /** Somebody's application. */
    interface Mailer {
        void send(String text) throws IOException;

        CompletionStage<Void> sendLater(String text);

        void alarm(String text);
    }

    void publish() {
        // guide: publish
        ProducerOptions options = ProducerOptions.builder().nsqd("127.0.0.1:4150").build();
        try (Producer producer = new Producer(options)) {
            producer.publish("orders", Bytes.utf8("one book")).join();
            producer.publish("orders", List.of(Bytes.utf8("a chair"), Bytes.utf8("a table")))
                    .join();
            producer.publishDeferred("orders", Bytes.utf8("a lamp"), Duration.ofMinutes(5)).join();
        }
        // end
    }

    void options() {
        // guide: producer-options
        ProducerOptions options =
                ProducerOptions.builder()
                        .lookupd("lookup-1:4161")
                        .lookupd("lookup-2:4161")
                        .connections(2)
                        .maxInFlightMessages(1_000)
                        .whenFull(ProducerOptions.WhenFull.FAIL)
                        .batching(true)
                        .build();
        // end
        new Producer(options).close();
    }

    void failures(Producer producer) {
        // guide: failures
        try {
            producer.publish("orders", Bytes.utf8("one book")).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof NsqException failure && failure.retryable()) {
                // failure.outcomeUnknown(): it may have been taken all the same.
                mailer.alarm("later again: " + failure.getMessage());
            }
        }
        // end
    }

    void consume() {
        // guide: consume
        ConsumerOptions options =
                ConsumerOptions.builder("orders", "billing").lookupd("lookup-1:4161").build();
        Consumer consumer = Consumer.start(options, message -> mailer.send(message.body().utf8()));
        // end
        // guide: close
        boolean all = consumer.close(Duration.ofSeconds(20));
        // end
        if (!all) mailer.alarm("some were not answered");
    }

    void explicit(ConsumerOptions options) {
        // guide: explicit
        Consumer.start(
                options,
                message -> {
                    message.answerLater();
                    if (message.attempts() > 1) message.requeue(Duration.ofSeconds(30));
                    else message.finish();
                });
        // end
    }

    void asynchronous(ConsumerOptions options) {
        // guide: asynchronous
        Consumer.startAsync(options, message -> mailer.sendLater(message.body().utf8()));
        // end
    }

    ConsumerOptions tuned(Producer producer) {
        // guide: consumer-options
        ConsumerOptions options =
                ConsumerOptions.builder("orders", "billing")
                        .lookupd("lookup-1:4161")
                        .maxInFlight(50)
                        .threadPerMessage()
                        .touchFor(Duration.ofMinutes(10))
                        .maxAttempts(5)
                        .giveUp(GiveUp.publishTo(producer, "orders.dead"))
                        .requeueDelay(Duration.ofSeconds(10), Duration.ofMinutes(5))
                        .backoff(Duration.ofSeconds(1), Duration.ofMinutes(1))
                        .build();
        // end
        return options;
    }

    void reactive(ConsumerOptions options, Flow.Subscriber<ReceivedMessage> subscriber) {
        // guide: reactive
        Flow.Publisher<ReceivedMessage> messages = Consumer.publisher(options);
        messages.subscribe(subscriber);
        // end
    }

    ConnectionOptions secured() throws IOException {
        // guide: secured
        ConnectionOptions connection =
                ConnectionOptions.builder()
                        .tls(
                                Tls.builder()
                                        .trust(Path.of("ca.pem"))
                                        .identity(Path.of("client.pem"), Path.of("client.key"))
                                        .build())
                        .compression(Compression.SNAPPY)
                        .authSecret(System.getenv("NSQ_SECRET"))
                        .build();
        // end
        return connection;
    }

    ConnectionOptions patient() {
        // guide: time-limits
        ConnectionOptions connection =
                ConnectionOptions.builder()
                        .dialTimeout(Duration.ofSeconds(1))
                        .heartbeatInterval(Duration.ofSeconds(10))
                        .readTimeout(Duration.ofSeconds(25))
                        .writeTimeout(Duration.ofSeconds(5))
                        .localAddress(new InetSocketAddress("10.0.0.7", 0))
                        .build();
        // end
        return connection;
    }

    void observed(ConsumerOptions.Builder options) {
        // guide: listener
        options.listener(
                new ConsumerListener() {
                    @Override
                    public void handlerFailed(ReceivedMessage message, Throwable why) {
                        mailer.alarm(message + ": " + why);
                    }
                });
        // end
    }

    void measured(
            MeterRegistry registry,
            ProducerOptions.Builder producer,
            ConsumerOptions.Builder consumer) {
        // guide: metrics
        producer.listener(new ProducerMetrics(registry));
        consumer.listener(new ConsumerMetrics(registry, "topic", "orders", "channel", "billing"));
        // end
    }
}
