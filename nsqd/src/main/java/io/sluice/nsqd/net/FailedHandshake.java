package io.sluice.nsqd.net;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.ssl.SslHandler;
import io.sluice.protocol.ErrorCode;
import io.sluice.protocol.Frame;
import io.sluice.protocol.FrameEncoder;
import java.nio.ByteBuffer;

/** Says why a TLS handshake has failed, in a plain frame, just before the connection closes. */
final class FailedHandshake extends ChannelOutboundHandlerAdapter {
    private final SslHandler handshake;

    FailedHandshake(SslHandler handshake) {
        this.handshake = handshake;
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        Throwable why = handshake.handshakeFuture().cause();
        if (why == null) {
            context.close(promise);
            return;
        }
        Frame frame =
                Frame.Error.of(
                        ErrorCode.E_IDENTIFY_FAILED.because("IDENTIFY failed " + why.getMessage()));
        ByteBuffer bytes = ByteBuffer.allocate(FrameEncoder.length(frame));
        FrameEncoder.encode(frame, bytes);
        context.writeAndFlush(Unpooled.wrappedBuffer(bytes.flip()));
        context.close(promise);
    }
}
