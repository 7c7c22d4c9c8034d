package io.sluice.nsqd.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.sluice.nsqd.core.BacklogLimits;
import io.sluice.nsqd.core.Broker;
import io.sluice.nsqd.core.BrokerSettings;
import io.sluice.nsqd.core.ClientLink;
import io.sluice.nsqd.core.ClientSettings;
import io.sluice.nsqd.core.Delivery;
import io.sluice.nsqd.core.Durability;
import io.sluice.nsqd.core.Latencies;
import io.sluice.nsqd.core.MemoryLimits;
import io.sluice.nsqd.core.Outbox;
import io.sluice.nsqd.core.Session;
import io.sluice.nsqd.core.Topology;
import io.sluice.protocol.BodyArrays;
import io.sluice.protocol.Bytes;
import io.sluice.protocol.Command;
import io.sluice.protocol.CommandEncoder;
import io.sluice.protocol.Limits;
import io.sluice.protocol.TopicName;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * All that a message goes through between two sockets, on one loop and without the sockets: from
 * bytes that came to bytes that go.
 */
final class HotPath {
    private static final int READY = 2_500;
    private static final int ROOM = 256 * 1024;
    private static final int FIN_LENGTH = 21;
    private static final int ID_AT = 18;
    private static final int ID_LENGTH = 16;
    private static final Limits LIMITS = new Limits(1 << 20, 5 << 20, READY, 3_600_000);

    private final Broker broker;
    private final Peer publisher;
    private final Peer consumer;
    private final TopicName topic = new TopicName("hot");
    private final byte[] fins = new byte[READY * FIN_LENGTH];
    private long nowNs = 1_700_000_000_000_000_000L;

    HotPath() {
        BrokerSettings settings =
                new BrokerSettings(
                        1,
                        new MemoryLimits(Integer.MAX_VALUE, 1_024, 1, Long.MAX_VALUE),
                        900_000_000_000L,
                        0,
                        () -> false,
                        BacklogLimits.NONE,
                        Durability.MEM,
                        Topology.IGNORED,
                        () -> Latencies.OFF);
        broker = new Broker(settings, name -> null, event -> {});
        publisher = new Peer(1);
        consumer = new Peer(2);
    }

    /** One command with so many messages. */
    byte[] mpub(int count, int size) {
        return bytes(new Command.Mpub(topic, Collections.nCopies(count, body(size))));
    }

    /** So many commands with one message each. */
    byte[] pubs(int count, int size) {
        Command[] commands = new Command[count];
        for (int i = 0; i < count; i++) commands[i] = new Command.Pub(topic, body(size));
        return bytes(commands);
    }

    private static Bytes body(int size) {
        return Bytes.wrap(new byte[size]);
    }

    private static byte[] bytes(Command... commands) {
        List<ByteBuffer> parts = new ArrayList<>();
        for (Command command : commands) parts.add(CommandEncoder.encode(command));
        ByteBuffer all = ByteBuffer.allocate(parts.stream().mapToInt(ByteBuffer::remaining).sum());
        parts.forEach(all::put);
        return all.array();
    }

    /** There is a consumer that takes all it gets. */
    void subscribe() {
        byte[] words = "SUB hot c\nRDY 2500\n".getBytes(StandardCharsets.US_ASCII);
        consumer.send(words, words.length);
    }

    void publish(byte[] commands) {
        publisher.send(commands, commands.length);
    }

    /** Finishes what has been pushed; returns how many that were. */
    int consume() {
        if (consumer.frames.isEmpty()) return 0;
        ByteBuf in = ((BufferInternal) consumer.frames.take()).getByteBuf();
        int end = 0;
        for (int at = 0; at < in.writerIndex(); at += 4 + in.getInt(at)) {
            fins[end] = 'F';
            fins[end + 1] = 'I';
            fins[end + 2] = 'N';
            fins[end + 3] = ' ';
            in.getBytes(at + ID_AT, fins, end + 4, ID_LENGTH);
            fins[end + FIN_LENGTH - 1] = '\n';
            end += FIN_LENGTH;
        }
        consumer.send(fins, end);
        return end / FIN_LENGTH;
    }

    /** Drops what waits for a channel to be made. */
    void clear() {
        broker.emptyTopic(topic);
    }

    /** One end of a connection, and what is pushed to it. */
    private final class Peer implements Outbox {
        private final CommandReader reader = new CommandReader(LIMITS, false, BodyArrays.NEW);
        private final FrameBuffer frames = new FrameBuffer();
        private final Session session;

        Peer(int number) {
            session = new Session(broker, settings(number), this);
            reader.inflow().add(ByteBuffer.wrap(CommandEncoder.MAGIC.toArray()));
            reader.readMagic();
        }

        private static ClientSettings settings(int number) {
            return new ClientSettings(
                    number,
                    0,
                    "h:1",
                    "id",
                    "h",
                    "ua",
                    "",
                    "",
                    30_000,
                    16_384,
                    250,
                    60_000,
                    0,
                    ClientLink.PLAIN);
        }

        /** As a connection does with what its socket has read. */
        void send(byte[] bytes, int length) {
            ByteBuf read = UnpooledByteBufAllocator.DEFAULT.directBuffer(length);
            read.writeBytes(bytes, 0, length);
            reader.inflow().lend(read.nioBuffer(), this::execute);
            read.release();
        }

        private void execute() {
            Segment segment = new Segment();
            Command command;
            while ((command = reader.next()) != null) {
                segment.add(command);
                reader.admission().taken(command);
            }
            segment.execute(session, ++nowNs);
            if (!segment.answers().isEmpty()) segment.answers().take();
        }

        @Override
        public boolean hasRoom() {
            return frames.length() < ROOM;
        }

        @Override
        public void push(Delivery delivery) {
            frames.add(delivery);
        }

        @Override
        public void close() {
            frames.take();
        }
    }
}
