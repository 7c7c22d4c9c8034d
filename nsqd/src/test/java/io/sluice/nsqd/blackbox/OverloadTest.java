package io.sluice.nsqd.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.Bytes;
import io.sluice.protocol.Command;
import io.sluice.protocol.Frame;
import io.sluice.protocol.Message;
import io.sluice.protocol.MessageId;
import io.sluice.protocol.TopicName;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Clients that take too little, or send too much. */
@Execution(ExecutionMode.CONCURRENT)
class OverloadTest {
    /** More than all buffers between a client and the daemon, in both directions. */
    private static final long MUCH = 64L * 1024 * 1024;

    private final TopicName topic = Target.newTopic();

    @Test
    @OwnDaemonOnly("needs --mem-queue-size")
    void aLongPipelineLosesNothingWhenItsAnswersAreReadLate() {
        int count = 100_000;
        try (OwnNsqd nsqd = OwnNsqd.start("--mem-queue-size=" + count);
                TestClient client = nsqd.connect()) {
            byte[] one = TestClient.bytes("PUB " + topic + "\n", 4, "body");
            ByteBuffer all = ByteBuffer.allocate(count * one.length);
            for (int i = 0; i < count; i++) {
                all.put(one).putInt(all.position() - 4, i);
            }
            client.write(all.array());
            for (int i = 0; i < count; i++) client.expectOk();
            client.subscribe(topic, Target.CHANNEL, 2_500);
            for (int i = 0; i < count; i++) {
                Message message = client.message();
                assertThat(message.body().toBuffer().getInt()).isEqualTo(i);
                client.finish(message);
            }
        }
    }

    /** Publishes without reading an answer until nothing more can be written. */
    private static long fill(SocketChannel socket, ByteBuffer command) throws IOException {
        long written = 0;
        socket.configureBlocking(false);
        try (Selector selector = Selector.open()) {
            socket.register(selector, SelectionKey.OP_WRITE);
            while (selector.select(1_000) > 0) {
                selector.selectedKeys().clear();
                written += socket.write(command);
                if (!command.hasRemaining()) command.rewind();
                assertThat(written).isLessThan(MUCH);
            }
        }
        socket.configureBlocking(true);
        return written;
    }

    @Test
    void whoDoesNotReadAnswersIsNotReadFromUntilItDoes() throws IOException {
        TopicName ephemeral = Target.newEphemeralTopic();
        byte[] one = TestClient.bytes("PUB " + ephemeral + "\n", 1, "m");
        ByteBuffer many = ByteBuffer.allocate(1_000 * one.length);
        while (many.hasRemaining()) many.put(one);
        many.flip();
        try (SocketChannel socket = SocketChannel.open()) {
            socket.setOption(StandardSocketOptions.SO_RCVBUF, 64 * 1024);
            socket.connect(new InetSocketAddress(Target.tcp().host(), Target.tcp().port()));
            socket.write(ByteBuffer.wrap(TestClient.bytes("  V2")));
            long written = fill(socket, many);
            long answers = written / one.length;
            assertOks(socket, answers);
            // The last command may be there in part only: with its rest it goes on.
            ByteBuffer rest = many.slice();
            rest.limit((int) ((one.length - written % one.length) % one.length));
            boolean partial = rest.hasRemaining();
            socket.write(rest);
            socket.write(ByteBuffer.wrap(one));
            assertOks(socket, partial ? 2 : 1);
        }
    }

    private static void assertOks(SocketChannel socket, long count) throws IOException {
        byte[] ok = TestClient.bytes(6, 0, "OK");
        ByteBuffer in = ByteBuffer.allocate(64 * 1024);
        long left = count * ok.length;
        long at = 0;
        while (left > 0) {
            in.clear().limit((int) Math.min(in.capacity(), left));
            if (socket.read(in) < 0) throw new AssertionError(left + " bytes are missing");
            left -= in.position();
            for (int i = 0; i < in.position(); i++, at++) {
                if (in.get(i) != ok[(int) (at % ok.length)]) {
                    throw new AssertionError("not an OK at byte " + at);
                }
            }
        }
    }

    @Test
    @OwnDaemonOnly("nsqd never closes a consumer that sends NOP but does not read")
    void whoDoesNotReadMessagesLosesThemToOthersAndItsConnection() throws Exception {
        // Far more than the buffers of both systems and the daemon's window can hold.
        int count = 200;
        try (TestClient publisher = TestClient.connect();
                TestClient stuck = TestClient.connectSilently(Target.tcp(), 4_096);
                TestClient other = TestClient.connect()) {
            stuck.write("  V2").identify("{\"heartbeat_interval\":1000}");
            stuck.subscribe(topic, Target.CHANNEL, 2_500);
            CompletableFuture<Void> closed = pulse(stuck);
            for (int i = 0; i < count; i++) {
                publisher.send(new Command.Pub(topic, Bytes.wrap(new byte[100_000]))).expectOk();
            }
            Set<MessageId> got = new HashSet<>();
            other.subscribe(topic, Target.CHANNEL, 10);
            int again = 0;
            while (got.size() < count) {
                if (got.size() == count / 4) closed.get(20, TimeUnit.SECONDS);
                Message message = other.message();
                got.add(message.id());
                if (message.attempts() > 1) again++;
                other.finish(message);
            }
            assertThat(again).isPositive();
            assertThat(stuck.readToEnd()).doesNotHaveAnyElementsOfTypes(Frame.Error.class);
        }
    }

    /** Lets a client show that it lives, until it is closed. */
    private static CompletableFuture<Void> pulse(TestClient client) {
        ScheduledExecutorService pulse = Executors.newSingleThreadScheduledExecutor();
        CompletableFuture<Void> closed = new CompletableFuture<>();
        closed.whenComplete((nothing, failure) -> pulse.shutdown());
        pulse.scheduleAtFixedRate(
                () -> {
                    if (!client.writeUnlessClosed("NOP\n")) closed.complete(null);
                },
                0,
                200,
                TimeUnit.MILLISECONDS);
        return closed;
    }

    @Test
    void aConsumerThatReadsSlowlyGetsEverything() {
        try (TestClient publisher = TestClient.connect();
                TestClient slow = TestClient.connectSilently(Target.tcp(), 4_096)) {
            slow.write("  V2").subscribe(topic, Target.CHANNEL, 2_500);
            List<Bytes> bodies = new ArrayList<>();
            for (int i = 0; i < 100; i++) bodies.add(Bytes.wrap(new byte[50_000 + i]));
            publisher.publishAll(topic, bodies);
            for (Bytes body : bodies) {
                Message message = slow.message();
                assertThat(message.body()).isEqualTo(body);
                slow.finish(message);
            }
        }
    }

    @Test
    void aConsumerThatPausesInTheMiddleOfAMessageGetsTheRest() {
        try (TestClient client = TestClient.connectSilently(Target.tcp(), 4_096)) {
            byte[] body = new byte[1_000_000];
            client.write("  V2").send(new Command.Pub(topic, Bytes.wrap(body))).expectOk();
            client.subscribe(topic, Target.CHANNEL, 1);
            client.readByte();
            client.send(new Command.Nop());
            for (int i = 1; i < 8 + 26 + body.length; i++) {
                assertThat(client.readByte()).isNotNegative();
            }
            client.send(new Command.Rdy(0)).expectQuiet();
        }
    }
}
