package io.sluice.nsqd.net;

import io.netty.handler.ssl.SslHandler;
import io.sluice.nsqd.core.ClientLink;
import io.sluice.protocol.Frame;
import io.sluice.protocol.stream.DeflatePacker;
import io.sluice.protocol.stream.DeflateUnpacker;
import io.sluice.protocol.stream.SnappyPacker;
import io.sluice.protocol.stream.SnappyUnpacker;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSession;

/**
 * Puts layers on a connection, behind the answer to IDENTIFY: first TLS, then compression, each
 * with an OK as the first thing that goes through it (spec/tcp-v2.md, Changing the layer).
 */
final class Upgrade {
    /** Bytes that may come behind a handshake before the connection has taken note of its end. */
    private static final int EARLY_BYTES = 64 * 1024;

    private final Connection connection;
    private final RawSocket raw;
    private final SocketWriter writer;
    private final Inflow inflow;
    private final Layers layers;
    private final Tls tls;
    private final Segment answer;
    private final List<ByteBuffer> early = new ArrayList<>();
    private int earlyBytes;
    private boolean handshaking;
    private ClientLink link;

    /** An upgrade that begins behind the answer to IDENTIFY. */
    Upgrade(
            Connection connection,
            RawSocket raw,
            Inflow inflow,
            Layers layers,
            Tls tls,
            Segment answer) {
        this.connection = connection;
        this.raw = raw;
        this.writer = connection.writer();
        this.inflow = inflow;
        this.layers = layers;
        this.tls = tls;
        this.answer = answer;
        this.link = connection.settings().link();
    }

    /** What comes before the answer has left is lost, as in NSQ: nobody can tell what it is. */
    void received(ByteBuffer chunk) {
        if (!handshaking) return;
        earlyBytes += chunk.remaining();
        if (earlyBytes > EARLY_BYTES) connection.close();
        else early.add(ByteBuffer.allocate(chunk.remaining()).put(chunk).flip());
    }

    /** True for the answer behind which it begins; earlier commands may be answered first. */
    boolean isAnnouncedBy(Segment segment) {
        return segment == answer;
    }

    /**
     * Sends the answer to IDENTIFY, when those before it have left. The next byte that comes can be
     * of the handshake, so that nothing may happen between the answer and the change.
     */
    void start() {
        writer.flush().onSuccess(done -> answerAndChange());
    }

    private void answerAndChange() {
        raw.write(((BufferInternal) answer.answers().take()).getByteBuf());
        if (!layers.tls()) {
            compress();
            return;
        }
        handshaking = true;
        SslHandler handshake = raw.secure(tls);
        handshake
                .handshakeFuture()
                .addListener(
                        ended -> {
                            if (ended.isSuccess()) secured(handshake.engine().getSession());
                        });
    }

    private void secured(SSLSession session) {
        connection.home().beginTurn();
        String version = TlsVersion.shown(session.getProtocol());
        link = link.with(new ClientLink.Tls(session.getCipherSuite(), version));
        connection.secured(session);
        writer.answer(Frame.OK);
        writer.flush();
        compress();
    }

    private void compress() {
        connection.home().beginTurn();
        if (layers.snappy()) {
            inflow.unpackWith(new SnappyUnpacker());
            writer.packWith(new SnappyPacker());
            writer.answer(Frame.OK);
        } else if (layers.deflate()) {
            inflow.unpackWith(new DeflateUnpacker());
            writer.packWith(new DeflatePacker(layers.deflateLevel()));
            writer.answer(Frame.OK);
        }
        connection.upgraded(link.compressed(layers.deflate(), layers.snappy()), early);
    }
}
