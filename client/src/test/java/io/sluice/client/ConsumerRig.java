package io.sluice.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.Command;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A consumer of one fake daemon, on a loop whose time the test turns. */
final class ConsumerRig implements AutoCloseable {
    final FakeNsqd nsqd = new FakeNsqd();
    final ManualLoop loop = new ManualLoop();
    private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();
    private Consumer consumer;

    ConsumerRig() throws IOException {}

    /** Options of topic t and channel c, with a listener that {@link #tell}s what happens. */
    ConsumerOptions.Builder options() {
        return ConsumerOptions.builder("t", "c").nsqd(nsqd.address()).listener(listener());
    }

    void start(ConsumerOptions.Builder options, MessageHandler handler) {
        Object threads = new Object();
        consumer = Consumer.start(options.build(), handler, loop, below -> below / 2, threads);
    }

    void startAsync(ConsumerOptions.Builder options, AsyncMessageHandler handler) {
        ConsumerOptions built = options.build();
        Handling handling = Handling.async(built, handler);
        int limit = built.flow().maxInFlight();
        consumer =
                Consumer.start(
                        built, handling, () -> limit, loop, below -> below / 2, new Object());
    }

    Consumer consumer() {
        return consumer;
    }

    /** The consumer's connection, after its first RDY and after the listener knows of it. */
    FakeNsqd.Peer connected() throws Exception {
        FakeNsqd.Peer peer = nsqd.acceptConsumer();
        peer.expect(Command.Rdy.class);
        assertThat(next(String.class)).isEqualTo("connected");
        return peer;
    }

    void tell(Object event) {
        events.add(event);
    }

    /** The next thing that a handler or the listener told. */
    <E> E next(Class<E> type) throws InterruptedException {
        Object event = events.poll(FakeNsqd.DEADLINE_MS, TimeUnit.MILLISECONDS);
        assertThat(event).isInstanceOf(type);
        return type.cast(event);
    }

    private ConsumerListener listener() {
        return new ConsumerListener() {
            @Override
            public void connected(NsqdAddress address) {
                tell("connected");
            }

            @Override
            public void disconnected(NsqdAddress address, NsqException why) {
                tell("disconnected");
            }

            @Override
            public void gaveUp(ReceivedMessage message) {
                tell("gave up " + message.body().utf8());
            }

            @Override
            public void handlerFailed(ReceivedMessage message, Throwable why) {
                tell(why);
            }

            @Override
            public void answerRefused(NsqdAddress address, AnswerRefusedException why) {
                tell(why);
            }
        };
    }

    @Override
    public void close() throws IOException {
        consumer.close(Duration.ZERO);
        nsqd.close();
    }
}
