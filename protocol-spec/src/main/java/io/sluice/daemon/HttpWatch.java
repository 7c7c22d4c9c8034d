package io.sluice.daemon;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.sluice.daemon.HttpCounts.Cut;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.concurrent.TimeUnit;

/**
 * Watches one connection of an HTTP server, and cuts it off when its client makes it wait too long.
 * Vert.x knows only of connections on which nothing happens at all: one byte a minute would hold
 * one for ever. It looks now and then, so that a request costs no timer.
 */
final class HttpWatch {
    private enum State {
        /** No request under way. */
        IDLE,
        /** A request has begun; its headers are not there yet. */
        HEAD,
        /** The headers are there, the end of the body is not. */
        BODY
    }

    private final Channel channel;
    private final HttpPatience patience;
    private final HttpCounts counts;
    private State state = State.IDLE;
    private long sinceNs = System.nanoTime();
    private long unsentMark;
    private long unsentSinceNs;

    private HttpWatch(Channel channel, HttpPatience patience, HttpCounts counts) {
        this.channel = channel;
        this.patience = patience;
        this.counts = counts;
    }

    /** Watches the connection until it is closed. Called on its event loop, before it is read. */
    static void over(HttpConnection connection, HttpPatience patience, HttpCounts counts) {
        ConnectionBase base = (ConnectionBase) connection;
        HttpWatch watch = new HttpWatch(base.channel(), patience, counts);
        base.channel().pipeline().addFirst(watch.new Bytes());
        String last = base.channelHandlerContext().name();
        base.channel().pipeline().addBefore(last, null, watch.new Parts());
        watch.again();
    }

    /** Closes the connection before anything is read of it. Called as the other. */
    static void refuse(HttpConnection connection) {
        ((ConnectionBase) connection).channel().close();
    }

    private void enter(State next) {
        state = next;
        sinceNs = System.nanoTime();
    }

    private void again() {
        channel.eventLoop().schedule(this::look, patience.shortestMs(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        if (!channel.isOpen()) return;
        Cut why = verdict(System.nanoTime());
        if (why == null) {
            again();
            return;
        }
        counts.cut(why);
        channel.close();
    }

    private Cut verdict(long nowNs) {
        if (unsentForMs(nowNs) >= patience.answerMs()) return Cut.UNREAD_ANSWER;
        long elapsedMs = TimeUnit.NANOSECONDS.toMillis(nowNs - sinceNs);
        return switch (state) {
            case HEAD -> elapsedMs >= patience.headMs() ? Cut.SLOW_REQUEST : null;
            case BODY -> elapsedMs >= patience.bodyMs() ? Cut.SLOW_REQUEST : null;
            case IDLE -> elapsedMs >= patience.idleMs() ? Cut.IDLE : null;
        };
    }

    /** How long nothing has been taken of what there is to send; 0 when there is nothing. */
    private long unsentForMs(long nowNs) {
        ChannelOutboundBuffer unsent = channel.unsafe().outboundBuffer();
        if (unsent == null || unsent.totalPendingWriteBytes() == 0) {
            unsentMark = 0;
            return 0;
        }
        // Something is being sent: the time between requests has not begun.
        if (state == State.IDLE) sinceNs = nowNs;
        long mark = unsent.totalPendingWriteBytes() - unsent.currentProgress();
        if (mark != unsentMark) {
            unsentMark = mark;
            unsentSinceNs = nowNs;
        }
        return TimeUnit.NANOSECONDS.toMillis(nowNs - unsentSinceNs);
    }

    /** Sees the bytes as they come. */
    private final class Bytes extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object bytes) {
            if (state == State.IDLE) enter(State.HEAD);
            context.fireChannelRead(bytes);
        }
    }

    /** Sees what the decoder made of them. */
    private final class Parts extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object part) {
            if (part instanceof HttpRequest) enter(State.BODY);
            if (part instanceof LastHttpContent) enter(State.IDLE);
            context.fireChannelRead(part);
        }
    }
}
