package io.sluice.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.Command;
import io.sluice.protocol.MessageId;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MessagePublisherTest {
    private final FakeNsqd nsqd = new FakeNsqd();
    private final Recorder recorder = new Recorder();

    MessagePublisherTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        recorder.subscription.cancel();
        nsqd.close();
    }

    @Test
    void whatIsRequestedIsReady() throws Exception {
        FakeNsqd.Peer peer = subscribe(10);
        recorder.subscription.request(2);
        peer.expect(new Command.Rdy(2));
        recorder.subscription.request(3);
        peer.expect(new Command.Rdy(5));
        recorder.subscription.request(Long.MAX_VALUE);
        peer.expect(new Command.Rdy(10));
    }

    @Test
    void anAnswerFreesNoRoomUntilMoreIsRequested() throws Exception {
        FakeNsqd.Peer peer = subscribe(10);
        recorder.subscription.request(2);
        peer.expect(new Command.Rdy(2));
        MessageId first = peer.push(1, 1);
        ReceivedMessage message = recorder.next();
        message.finish();
        peer.expect(new Command.Rdy(1));
        peer.expect(new Command.Fin(first));
        recorder.subscription.request(1);
        peer.expect(new Command.Rdy(2));
    }

    @Test
    void whatComesTooEarlyWaits() throws Exception {
        FakeNsqd.Peer peer = subscribe(10);
        recorder.subscription.request(1);
        peer.expect(new Command.Rdy(1));
        peer.push(1, 1);
        peer.push(2, 1);
        assertThat(recorder.next().body().utf8()).isEqualTo("m1");
        assertThat(peer.beats()).isTrue();
        assertThat(recorder.events).isEmpty();
        recorder.subscription.request(1);
        assertThat(recorder.next().body().utf8()).isEqualTo("m2");
    }

    @Test
    void aCancelledSubscriptionLeaves() throws Exception {
        FakeNsqd.Peer peer = subscribe(10);
        recorder.subscription.request(1);
        peer.expect(new Command.Rdy(1));
        MessageId first = peer.push(1, 1);
        ReceivedMessage message = recorder.next();
        recorder.subscription.cancel();
        peer.expect(new Command.Rdy(0));
        peer.expect(Command.Cls.class);
        message.finish();
        peer.expect(new Command.Fin(first));
    }

    @Test
    void aRequestOfNothingIsAnError() throws Exception {
        subscribe(10);
        recorder.subscription.request(0);
        Object event = recorder.events.poll(FakeNsqd.DEADLINE_MS, TimeUnit.MILLISECONDS);
        assertThat(event).isInstanceOf(IllegalArgumentException.class);
    }

    private FakeNsqd.Peer subscribe(int maxInFlight) throws IOException {
        ConsumerOptions options =
                ConsumerOptions.builder("t", "c")
                        .nsqd(nsqd.address())
                        .maxInFlight(maxInFlight)
                        .closeTimeout(Duration.ofSeconds(10))
                        .build();
        Consumer.publisher(options).subscribe(recorder);
        return nsqd.acceptConsumer();
    }

    private static final class Recorder implements Flow.Subscriber<ReceivedMessage> {
        private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();
        private volatile Flow.Subscription subscription;

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            this.subscription = subscription;
        }

        @Override
        public void onNext(ReceivedMessage message) {
            events.add(message);
        }

        @Override
        public void onError(Throwable why) {
            events.add(why);
        }

        @Override
        public void onComplete() {
            events.add("complete");
        }

        ReceivedMessage next() throws InterruptedException {
            Object event = events.poll(FakeNsqd.DEADLINE_MS, TimeUnit.MILLISECONDS);
            assertThat(event).isInstanceOf(ReceivedMessage.class);
            return (ReceivedMessage) event;
        }
    }
}
