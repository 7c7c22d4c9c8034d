package io.sluice.nsqd.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.ShutdownEvent;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * What a socket can do that Vert.x does not offer: bytes where the network put them, half an end, a
 * sudden one, and TLS midway.
 */
final class RawSocket {
    private static final int MIN_READ = 64;
    private static final int FIRST_READ = 2048;

    /**
     * Bytes that one read takes at the most, from a peer that sends as much: for each read the
     * kernel asks the peer for more, which costs as much as the read.
     */
    private static final int MAX_READ = 1024 * 1024;

    /** Reads of that size before other connections get their turn. */
    private static final int READS_IN_TURN = 2;

    private final NetSocketInternal socket;

    RawSocket(NetSocket socket) {
        this.socket = (NetSocketInternal) socket;
    }

    /**
     * Hands over what comes, instead of Vert.x, which would copy it first.
     *
     * @param reader given bytes that are theirs only until it returns
     * @param behind called when there is nothing more at hand
     */
    void onRead(CoreLoop home, Consumer<ByteBuffer> reader, Runnable behind) {
        var reads = new AdaptiveRecvByteBufAllocator(MIN_READ, FIRST_READ, MAX_READ);
        config().setRecvByteBufAllocator(reads.maxMessagesPerRead(READS_IN_TURN));
        var handler =
                new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelRead(ChannelHandlerContext context, Object message) {
                        ByteBuf bytes = (ByteBuf) message;
                        home.runNow(() -> reader.accept(bytes.nioBuffer()));
                        bytes.release();
                    }

                    @Override
                    public void channelReadComplete(ChannelHandlerContext context) {
                        home.runNow(behind);
                        context.fireChannelReadComplete();
                    }
                };
        context().pipeline().addBefore(context().name(), null, handler);
    }

    /** Reads no more; what TLS has decrypted already may still come. */
    void pause() {
        config().setAutoRead(false);
    }

    void resume() {
        config().setAutoRead(true);
    }

    /**
     * Calls the task when the peer will send no more, and leaves the socket open: what it sent may
     * have to be answered. Without this Vert.x closes it there and then.
     */
    void onInputEnd(Runnable task) {
        config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        socket.eventHandler(
                event -> {
                    if (event instanceof ChannelInputShutdownEvent) task.run();
                    else if (event instanceof ShutdownEvent) close();
                });
    }

    private ChannelConfig config() {
        return context().channel().config();
    }

    private ChannelHandlerContext context() {
        return socket.channelHandlerContext();
    }

    /** Writes at once. All that was written to the NetSocket before must have left. */
    void write(ByteBuf bytes) {
        context().writeAndFlush(bytes);
    }

    /**
     * Starts a TLS handshake: what comes from now on belongs to it. When it fails, the peer is told
     * in the clear, and the socket closes.
     *
     * @return the handshake
     */
    SslHandler secure(Tls tls) {
        SslHandler handshake = tls.newHandler(context().alloc());
        ChannelPipeline pipeline = context().pipeline();
        pipeline.addFirst(handshake);
        // In front of it, on the way out: what it writes is not encrypted.
        pipeline.addFirst(new FailedHandshake(handshake));
        return handshake;
    }

    /** Closes now. NetSocket.close() waits until the peer has taken all that was written. */
    void close() {
        context().close();
    }
}
