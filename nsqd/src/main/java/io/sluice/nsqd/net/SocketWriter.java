package io.sluice.nsqd.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.protocol.Frame;
import io.sluice.protocol.stream.Packer;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.net.NetSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** Gathers what a connection is to be sent, and writes it once a turn. */
final class SocketWriter {
    private final NetSocket socket;
    private final CoreLoop home;
    private final IntConsumer messagesWritten;
    private final FrameBuffer answers = new FrameBuffer();
    private final List<ByteBuf> parts = new ArrayList<>();
    private Packer packer;
    private boolean scheduled;
    private boolean closed;
    private int messageBytes;
    private int unwrittenAnswers;
    private int writesUnderWay;
    private long lastProgressNs;

    /**
     * @param messagesWritten told how many bytes of messages have left
     */
    SocketWriter(NetSocket socket, CoreLoop home, IntConsumer messagesWritten) {
        this.socket = socket;
        this.home = home;
        this.messagesWritten = messagesWritten;
    }

    void answer(Frame frame) {
        answers.add(frame);
        schedule();
    }

    /** Adds frames that are bytes already. */
    void answers(Buffer frames) {
        sealAnswers();
        unwrittenAnswers += frames.length();
        add(frames);
    }

    /** Adds message frames; they are reported when they have been written. */
    void messages(Buffer frames) {
        sealAnswers();
        messageBytes += frames.length();
        add(frames);
    }

    private void add(Buffer frames) {
        parts.add(((BufferInternal) frames).getByteBuf());
        schedule();
    }

    private void sealAnswers() {
        if (answers.isEmpty()) return;
        unwrittenAnswers += answers.length();
        parts.add(((BufferInternal) answers.take()).getByteBuf());
    }

    private void schedule() {
        if (scheduled) return;
        scheduled = true;
        home.atTurnEnd(this::flush);
    }

    /** Writes all that has been gathered; completes when it has left. */
    Future<Void> flush() {
        scheduled = false;
        sealAnswers();
        if (parts.isEmpty() || closed) return Future.succeededFuture();
        int messages = messageBytes;
        int others = gathered() - messages;
        messageBytes = 0;
        // By itself each, as NSQ does: to some clients a compressed chunk is a frame.
        if (packer != null) parts.replaceAll(this::packed);
        ByteBuf all =
                parts.size() == 1
                        ? parts.get(0)
                        : Unpooled.wrappedBuffer(parts.size(), parts.toArray(ByteBuf[]::new));
        parts.clear();
        if (writesUnderWay++ == 0) lastProgressNs = home.nowNs();
        return socket.write(BufferInternal.buffer(all)).onSuccess(v -> written(others, messages));
    }

    /** Bytes, before they are compressed. */
    private int gathered() {
        int bytes = 0;
        for (ByteBuf part : parts) bytes += part.readableBytes();
        return bytes;
    }

    private ByteBuf packed(ByteBuf part) {
        return Unpooled.wrappedBuffer(packer.pack(part.nioBuffer()));
    }

    /** What is written from now on is compressed. */
    void packWith(Packer newPacker) {
        packer = newPacker;
    }

    /** Lets go of native memory; nothing is written any more. */
    void close() {
        if (packer != null) packer.close();
        closed = true;
    }

    private void written(int others, int messages) {
        writesUnderWay--;
        lastProgressNs = home.nowNs();
        unwrittenAnswers -= others;
        messagesWritten.accept(messages);
    }

    /** Bytes of answers that the peer has not taken yet. */
    int unwrittenAnswers() {
        return unwrittenAnswers;
    }

    /** True when the peer has taken nothing of what waits for it since {@code sinceNs}. */
    boolean stuckSince(long sinceNs) {
        return writesUnderWay > 0 && lastProgressNs < sinceNs;
    }
}
