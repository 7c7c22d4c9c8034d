package io.sluice.nsqd.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.ShutdownEvent;

/** What a socket can do that Vert.x does not offer: half an end, a sudden one, and TLS midway. */
final class RawSocket {
    private final NetSocketInternal socket;

    RawSocket(NetSocket socket) {
        this.socket = (NetSocketInternal) socket;
    }

    /**
     * Calls the task when the peer will send no more, and leaves the socket open: what it sent may
     * have to be answered. Without this Vert.x closes it there and then.
     */
    void onInputEnd(Runnable task) {
        var channel = context().channel();
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        socket.eventHandler(
                event -> {
                    if (event instanceof ChannelInputShutdownEvent) task.run();
                    else if (event instanceof ShutdownEvent) close();
                });
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
