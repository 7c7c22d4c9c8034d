package io.sluice.nsqd.net;

import static io.sluice.protocol.ErrorCode.E_AUTH_DISABLED;
import static io.sluice.protocol.ErrorCode.E_BAD_PROTOCOL;

import io.sluice.nsqd.core.Admission;
import io.sluice.nsqd.core.ClientSettings;
import io.sluice.protocol.Bytes;
import io.sluice.protocol.Command;
import io.sluice.protocol.CommandDecoder;
import io.sluice.protocol.CommandEncoder;
import io.sluice.protocol.Frame;
import io.sluice.protocol.LineTooLong;
import io.sluice.protocol.ProtocolException;
import io.sluice.protocol.TopicName;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * A client's connection. It lives on the loop that its socket was given to, its home; commands go
 * from there to the loops that own their topics, and answers come back in the order of commands.
 */
final class Connection {
    /** Bytes of answers that may wait for a client before no more is read from it. */
    private static final int ANSWER_LIMIT = 1024 * 1024;

    /** Segments that may be under way on other loops before no more is read. */
    private static final int SEGMENT_LIMIT = 64;

    private final NetSocket socket;
    private final RawSocket raw;
    private final CoreLoop home;
    private final Loops loops;
    private final Negotiation negotiation;
    private final CommandDecoder decoder;
    private final Admission admission = new Admission();
    private final InputBuffer input = new InputBuffer();
    private final SocketWriter writer;
    private final Deadlines deadlines;
    private final Queue<Segment> underWay = new ArrayDeque<>();
    private final Lane[] lanes;
    private volatile ClientSettings settings;
    private boolean magicSeen;
    private Lane subscription;
    private Lane openLane;
    private Segment open;
    private boolean paused;
    private boolean inputEnded;
    private boolean ending;
    private boolean closed;

    Connection(NetSocket socket, CoreLoop home, Loops loops, Negotiation negotiation) {
        this.socket = socket;
        this.home = home;
        this.loops = loops;
        this.negotiation = negotiation;
        this.decoder = new CommandDecoder(negotiation.limits());
        this.settings = negotiation.initial(socket.remoteAddress(), home.nowNs());
        this.raw = new RawSocket(socket);
        this.writer = new SocketWriter(socket, home, this::messagesWritten);
        this.deadlines = new Deadlines(this, home);
        this.lanes = new Lane[loops.size()];
    }

    void start() {
        socket.handler(this::received);
        socket.exceptionHandler(e -> close());
        socket.closeHandler(v -> closed());
        raw.onInputEnd(this::inputEnded);
    }

    CoreLoop home() {
        return home;
    }

    /** What the client said of itself. Read from any loop. */
    ClientSettings settings() {
        return settings;
    }

    SocketWriter writer() {
        return writer;
    }

    private void received(Buffer chunk) {
        if (ending) return;
        home.beginTurn();
        input.add(chunk);
        if (!magicSeen && !readMagic()) return;
        drain();
    }

    private boolean readMagic() {
        ByteBuffer in = input.unread();
        if (in.remaining() < CommandEncoder.MAGIC.length()) return false;
        if (!Bytes.take(in, CommandEncoder.MAGIC.length()).equals(CommandEncoder.MAGIC)) {
            fail(E_BAD_PROTOCOL.because(""));
            return false;
        }
        magicSeen = true;
        deadlines.start(settings.heartbeatMs());
        return true;
    }

    private void drain() {
        ByteBuffer in = input.unread();
        try {
            Command command;
            while (!ending && (command = decoder.decode(in, admission::admit)) != null) {
                take(command);
            }
        } catch (ProtocolException e) {
            fail(e);
        } catch (LineTooLong e) {
            endBehindAnswers();
        }
        input.trim();
        submit();
        pauseOrResume();
    }

    /** IDENTIFY, AUTH and NOP are the connection's own; the others belong to a topic's loop. */
    private void take(Command command) {
        deadlines.heard();
        if (command instanceof Command.Nop) return;
        if (command instanceof Command.Identify c) {
            identify(c);
        } else if (command instanceof Command.Auth) {
            fail(E_AUTH_DISABLED.because("AUTH disabled"));
        } else {
            add(command, lane(command));
            admission.taken(command);
        }
    }

    private void identify(Command.Identify command) {
        IdentifyBody asked = IdentifyBody.parse(command.json());
        settings = negotiation.identify(asked, settings);
        admission.identified(settings.heartbeatMs() > 0);
        deadlines.start(settings.heartbeatMs());
        for (Lane lane : lanes) if (lane != null) lane.identified(settings);
        answer(Segment.answered(negotiation.answer(asked, settings), false));
    }

    private Lane lane(Command command) {
        if (command instanceof Command.Pub c) return lane(c.topic());
        if (command instanceof Command.Mpub c) return lane(c.topic());
        if (command instanceof Command.Dpub c) return lane(c.topic());
        if (command instanceof Command.Sub c) subscription = lane(c.topic());
        return subscription;
    }

    private Lane lane(TopicName topic) {
        CoreLoop loop = loops.of(topic);
        Lane lane = lanes[loop.index()];
        if (lane == null) {
            lane = new Lane(this, loop, this::answered);
            lanes[loop.index()] = lane;
        }
        return lane;
    }

    private void add(Command command, Lane lane) {
        if (open == null || lane != openLane) {
            submit();
            open = new Segment();
            openLane = lane;
        }
        open.add(command);
    }

    /** Sends the open segment on its way. */
    private void submit() {
        if (open == null) return;
        Segment segment = open;
        open = null;
        underWay.add(segment);
        openLane.submit(segment);
    }

    /** An answer that needs no loop; it waits for those of earlier commands. */
    private void answer(Segment segment) {
        submit();
        underWay.add(segment);
        answered(segment);
    }

    private void answered(Segment segment) {
        segment.done();
        while (!underWay.isEmpty() && underWay.peek().isDone()) {
            Segment first = underWay.remove();
            if (!first.answers().isEmpty()) writer.answers(first.answers().take());
            if (first.isFatal()) {
                end();
                return;
            }
        }
        pauseOrResume();
    }

    /** The only place where what a client did wrong becomes bytes. */
    void fail(ProtocolException e) {
        ending = true;
        answer(Segment.answered(Frame.Error.of(e), true));
    }

    /** As {@link #fail}, without a word. */
    private void endBehindAnswers() {
        ending = true;
        answer(Segment.last());
    }

    /** Nothing more comes: says which part of a command is missing, if one was begun. */
    void expire() {
        if (ending) {
            close();
            return;
        }
        ProtocolException unfinished =
                magicSeen ? decoder.unfinished(input.unread(), admission::admit) : null;
        if (unfinished == null) endBehindAnswers();
        else fail(unfinished);
    }

    /** The client has closed, or sends no more and still reads. What it sent may yet be unread. */
    private void inputEnded() {
        inputEnded = true;
        if (!paused && !ending) expire();
    }

    /** Sends what has been answered and closes, without waiting for what is under way. */
    private void end() {
        ending = true;
        underWay.clear();
        writer.flush().onComplete(done -> close());
    }

    private void pauseOrResume() {
        boolean overloaded =
                writer.unwrittenAnswers() > ANSWER_LIMIT || underWay.size() > SEGMENT_LIMIT;
        if (overloaded == paused) return;
        paused = overloaded;
        if (overloaded) {
            socket.pause();
            return;
        }
        // What came in the meantime was not looked at: the client has not been silent.
        deadlines.heard();
        socket.resume();
        if (inputEnded) home.run(this::inputEnded);
    }

    /** True while nothing is read because the client takes no answers, or loops are behind. */
    boolean isPaused() {
        return paused;
    }

    /** Messages from the loop of the topic. */
    void deliver(Buffer messages, CoreLoop from) {
        if (from == home) writer.messages(messages);
        else home.run(() -> writer.messages(messages));
    }

    private void messagesWritten(int bytes) {
        if (bytes > 0) subscription.written(bytes);
        pauseOrResume();
    }

    /** Closes at once, whether or not the client takes what was written. */
    void close() {
        raw.close();
    }

    private void closed() {
        if (closed) return;
        closed = true;
        ending = true;
        deadlines.stop();
        for (Lane lane : lanes) if (lane != null) lane.close();
    }
}
