package io.sluice.examples.bench.daemon;

import io.sluice.examples.bench.wire.BenchException;
import io.sluice.examples.bench.wire.HttpHead;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.CommandEncoder;
import io.sluice.protocol.Frame;
import io.sluice.protocol.FrameEncoder;
import io.sluice.protocol.Limits;
import io.sluice.protocol.TopicName;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A daemon that only acknowledges: it counts what is published, by commands or by HTTP, answers OK
 * and forgets it. What is measured against it is the load generator itself, the sockets included.
 */
public final class Sink implements Target, Closeable {
    private static final int LONGEST = Limits.DEFAULT.maxBodySize() + Limits.LINE_LENGTH;
    private static final int ANSWERS_LENGTH = 64 * 1024;
    private static final int LENGTH_FIELD = 4;
    private static final ByteBuffer HTTP_OK =
            StandardCharsets.US_ASCII.encode("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK");

    /** What one of its threads does until the sink is closed. */
    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    private final ServerSocketChannel server;
    private final AtomicLong published = new AtomicLong();

    /** Listens on a free port of loopback. */
    public Sink() throws IOException {
        server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        startThread("sink", this::accept);
    }

    private static void startThread(String name, Work work) {
        Thread thread = new Thread(() -> runUntilClosed(work), name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void runUntilClosed(Work work) {
        try {
            work.run();
        } catch (ClosedChannelException e) {
            // Closed by its owner: the end of every sink.
            return;
        } catch (IOException e) {
            throw new BenchException("the sink failed", e);
        }
    }

    private void accept() throws IOException {
        while (true) {
            SocketChannel client = server.accept();
            client.setOption(StandardSocketOptions.TCP_NODELAY, true);
            startThread("sink connection", () -> serve(client));
        }
    }

    private void serve(SocketChannel client) throws IOException {
        ByteBuffer in = ByteBuffer.allocateDirect(LONGEST);
        ByteBuffer answers = ByteBuffer.allocateDirect(ANSWERS_LENGTH);
        boolean greeted = false;
        boolean http = false;
        try (client) {
            while (client.read(in) >= 0) {
                in.flip();
                if (!greeted && in.remaining() >= CommandEncoder.MAGIC.length()) {
                    http = in.get(0) == 'P';
                    if (!http) in.position(CommandEncoder.MAGIC.length());
                    greeted = true;
                }
                if (http) answer(in, client);
                else if (greeted) acknowledge(in, answers, client);
                in.compact();
            }
        }
    }

    private void answer(ByteBuffer in, SocketChannel client) throws IOException {
        for (int batch = skipRequest(in); batch > 0; batch = skipRequest(in)) {
            published.addAndGet(batch);
            for (ByteBuffer ok = HTTP_OK.duplicate(); ok.hasRemaining(); ) client.write(ok);
        }
    }

    /** Moves past a request; how many messages it had, or 0 if it has not come whole yet. */
    private static int skipRequest(ByteBuffer in) {
        HttpHead head = HttpHead.find(in);
        if (head == null) return 0;
        if (head.bodyLength() == 0 || head.bodyLength() > Limits.DEFAULT.maxBodySize()) {
            throw new BenchException("the sink got a body of " + head.bodyLength() + " bytes");
        }
        if (head.bodyEnd() > in.limit()) return 0;
        boolean several = in.get(in.position() + "POST /".length()) == 'm';
        in.position(head.bodyEnd());
        if (!several) return 1;
        // A count begins with a zero, as it is small; text does not.
        return in.get(head.end()) == 0 ? in.getInt(head.end()) : lines(in, head);
    }

    /** All lines are as long as the first. */
    private static int lines(ByteBuffer in, HttpHead head) {
        int lineEnd = head.end();
        while (lineEnd < head.bodyEnd() && in.get(lineEnd) != '\n') lineEnd++;
        return head.bodyLength() / (lineEnd + 1 - head.end());
    }

    private void acknowledge(ByteBuffer in, ByteBuffer answers, SocketChannel client)
            throws IOException {
        long count = 0;
        for (int batch = skipCommand(in); batch > 0; batch = skipCommand(in)) {
            count += batch;
            if (answers.remaining() < FrameEncoder.length(Frame.OK)) send(client, answers);
            FrameEncoder.encode(Frame.OK, answers);
        }
        published.addAndGet(count);
        send(client, answers);
    }

    private static void send(SocketChannel client, ByteBuffer answers) throws IOException {
        answers.flip();
        while (answers.hasRemaining()) client.write(answers);
        answers.clear();
    }

    /** Moves past a PUB or MPUB; how many messages it had, or 0 if it has not come whole yet. */
    private static int skipCommand(ByteBuffer in) {
        int start = in.position();
        int lineEnd = start;
        while (lineEnd < in.limit() && in.get(lineEnd) != '\n') lineEnd++;
        int body = lineEnd + 1 + LENGTH_FIELD;
        if (body > in.limit()) return 0;
        int length = in.getInt(lineEnd + 1);
        if (length < LENGTH_FIELD || length > Limits.DEFAULT.maxBodySize()) {
            throw new BenchException("the sink got a body of " + length + " bytes");
        }
        if (body + length > in.limit()) return 0;
        in.position(body + length);
        return in.get(start) == 'M' ? in.getInt(body) : 1;
    }

    @Override
    public InetSocketAddress tcpAddress() {
        return (InetSocketAddress) server.socket().getLocalSocketAddress();
    }

    /** The same: it tells them apart by how they begin. */
    @Override
    public InetSocketAddress httpAddress() {
        return tcpAddress();
    }

    /** There is nothing to make; what is published from now on is counted. */
    @Override
    public void create(TopicName topic, List<ChannelName> channels, Level level) {
        published.set(0);
    }

    @Override
    public void delete(TopicName topic) {
        published.set(0);
    }

    @Override
    public void awaitBacklog(TopicName topic, long count, Where where) {
        if (published.get() != count) {
            throw new BenchException(
                    "the sink acknowledged " + published + " messages, expected " + count);
        }
    }

    /** Not known: it shares its process with the load generator. */
    @Override
    public Optional<Duration> cpuTime() {
        return Optional.empty();
    }

    /** Not known either. */
    @Override
    public OptionalLong residentBytes() {
        return OptionalLong.empty();
    }

    /** None: it forgets. */
    @Override
    public OptionalLong fileBytes() {
        return OptionalLong.empty();
    }

    @Override
    public String description() {
        return "in this process, acknowledges and forgets";
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
