package io.sluice.examples.bench.wire;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * A connection of HTTP/1.1 that is kept alive, and costs the load generator little: requests go out
 * as they were made beforehand, and of an answer only the status and the length are looked at. One
 * thread uses it; any thread may close it.
 */
public final class HttpConnection implements Closeable {
    private static final int LONGEST_ANSWER = 16 * 1024;
    private static final int STATUS = "HTTP/1.1 ".length();

    private final SocketChannel channel;
    private final ByteBuffer in = ByteBuffer.allocateDirect(LONGEST_ANSWER);

    private HttpConnection(SocketChannel channel) {
        this.channel = channel;
    }

    /** Connects; nothing is sent yet. */
    public static HttpConnection open(InetSocketAddress address) throws IOException {
        SocketChannel channel = SocketChannel.open(address);
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            return new HttpConnection(channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Sends a request, all of the buffer, and waits for the whole answer, which must be 200. */
    public void exchange(ByteBuffer request) throws IOException {
        while (request.hasRemaining()) channel.write(request);
        in.clear();
        HttpHead head = null;
        while (head == null || in.position() < head.bodyEnd()) {
            if (!in.hasRemaining() || head != null && head.bodyEnd() > in.capacity()) {
                throw new BenchException("an answer of more than " + LONGEST_ANSWER + " B came");
            }
            if (channel.read(in) < 0) throw new EOFException("the daemon closed the connection");
            if (head == null) head = HttpHead.find(in.duplicate().flip());
        }
        if (in.position() > head.bodyEnd()) throw new BenchException("two answers came to one");
        if (!isOk()) throw new BenchException("the daemon answered " + text());
    }

    private boolean isOk() {
        return in.get(STATUS) == '2' && in.get(STATUS + 1) == '0' && in.get(STATUS + 2) == '0';
    }

    private String text() {
        return StandardCharsets.UTF_8.decode(in.duplicate().flip()).toString().strip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
