package io.sluice.client;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Flow;

/** A consumer for each subscriber, whose messages in flight are what the subscriber requested. */
record MessagePublisher(ConsumerOptions options) implements Flow.Publisher<ReceivedMessage> {
    @Override
    public void subscribe(Flow.Subscriber<? super ReceivedMessage> subscriber) {
        Objects.requireNonNull(subscriber, "subscriber");
        new Requests(subscriber).start();
    }

    /**
     * What one subscriber has requested. Messages in flight are those that are requested and not
     * here yet, and those that are here and not answered: together, requested less answered. With
     * several daemons one may come too early; it then waits here for the next request.
     */
    private final class Requests implements Flow.Subscription, MessageHandler {
        private final Flow.Subscriber<? super ReceivedMessage> subscriber;
        private Consumer consumer;
        private long requested;
        private long delivered;
        private long answered;
        private boolean cancelled;

        Requests(Flow.Subscriber<? super ReceivedMessage> subscriber) {
            this.subscriber = subscriber;
        }

        void start() {
            ConsumerOptions serial = options.serial();
            consumer = Consumer.start(serial, new Handling(serial, this), this::ceiling);
            subscriber.onSubscribe(this);
        }

        private synchronized int ceiling() {
            return (int) Math.min(requested - answered, options.flow().maxInFlight());
        }

        @Override
        public void request(long count) {
            if (count <= 0) {
                if (cancelOnce()) {
                    subscriber.onError(
                            new IllegalArgumentException("requested " + count + ", less than 1"));
                }
                return;
            }
            add(count);
            consumer.resettle();
        }

        private synchronized void add(long count) {
            requested = count > Long.MAX_VALUE - requested ? Long.MAX_VALUE : requested + count;
            notifyAll();
        }

        @Override
        public void handle(ReceivedMessage message) throws InterruptedException {
            message.answerLater();
            awaitRequest();
            if (!message.isStillOurs()) {
                message.drop();
                return;
            }
            if (!take()) {
                message.requeueWithoutBackoff(Duration.ZERO);
                return;
            }
            message.beforeAnswer(this::answered);
            try {
                subscriber.onNext(message);
            } catch (RuntimeException e) {
                cancelOnce();
                throw e;
            }
        }

        private synchronized void awaitRequest() throws InterruptedException {
            while (delivered == requested && !cancelled) wait();
        }

        private synchronized boolean take() {
            if (cancelled) return false;
            delivered++;
            return true;
        }

        private synchronized void answered() {
            answered++;
        }

        @Override
        public void cancel() {
            cancelOnce();
        }

        private boolean cancelOnce() {
            synchronized (this) {
                if (cancelled) return false;
                cancelled = true;
                notifyAll();
            }
            consumer.closeLater();
            return true;
        }
    }
}
