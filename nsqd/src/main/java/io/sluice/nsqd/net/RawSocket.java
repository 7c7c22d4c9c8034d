package io.sluice.nsqd.net;

import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.ShutdownEvent;

/** What a socket can do that Vert.x does not offer: half an end, and a sudden one. */
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
        var channel = socket.channelHandlerContext().channel();
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        socket.eventHandler(
                event -> {
                    if (event instanceof ChannelInputShutdownEvent) task.run();
                    else if (event instanceof ShutdownEvent) close();
                });
    }

    /** Closes now. NetSocket.close() waits until the peer has taken all that was written. */
    void close() {
        socket.channelHandlerContext().close();
    }
}
