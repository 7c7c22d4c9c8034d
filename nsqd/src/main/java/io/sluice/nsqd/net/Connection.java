package io.sluice.nsqd.net;

import io.sluice.nsqd.core.ClientLink;
import io.sluice.nsqd.core.ClientSettings;
import io.sluice.protocol.Command;
import io.sluice.protocol.Frame;
import io.sluice.protocol.LineTooLong;
import io.sluice.protocol.ProtocolException;
import io.sluice.protocol.stream.MalformedStream;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.nio.ByteBuffer;
import java.util.List;
import javax.net.ssl.SSLSession;

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
    private final Negotiation negotiation;
    private final CommandReader reader;
    private final Authority authority;
    private final SocketWriter writer;
    private final Deadlines deadlines;
    private final Lanes lanes;
    private volatile ClientSettings settings;

    /** While layers are put on; commands wait for its end. */
    private Upgrade upgrade;

    private boolean paused;
    private boolean drainScheduled;
    private boolean inputEnded;
    private boolean ending;
    private boolean closed;

    Connection(NetSocket socket, CoreLoop home, Loops loops, Negotiation negotiation) {
        this.socket = socket;
        this.home = home;
        this.negotiation = negotiation;
        this.reader = negotiation.reader(home.broker().bodyArrays());
        this.settings = negotiation.initial(socket.remoteAddress(), home.nowNs());
        this.authority = negotiation.authority(this, socket.remoteAddress());
        this.raw = new RawSocket(socket);
        this.writer = new SocketWriter(socket, home, this::messagesWritten);
        this.deadlines = new Deadlines(this, home);
        this.lanes = new Lanes(this, loops);
    }

    void start() {
        // Who waits for an answer goes on while others are served.
        raw.onRead(home, this::received, writer::flush);
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

    private void received(ByteBuffer chunk) {
        if (ending) return;
        if (upgrade != null) {
            upgrade.received(chunk);
            return;
        }
        reader.inflow().lend(chunk, this::drain);
    }

    private void drain() {
        drainScheduled = false;
        try {
            if (!reader.hasSeenMagic()) {
                if (!reader.readMagic()) return;
                deadlines.start(settings.heartbeatMs());
            }
            reader.inflow().beginTurn();
            do {
                takeAll();
                lanes.submit();
            } while (isTaking() && !isOverloaded() && reader.inflow().unpack());
        } catch (ProtocolException e) {
            fail(e);
        } catch (LineTooLong | MalformedStream e) {
            endBehindAnswers();
        }
        pauseOrResume();
    }

    private void takeAll() {
        Command command = next();
        if (command != null) deadlines.heard();
        for (; command != null; command = next()) take(command);
    }

    private Command next() {
        return isTaking() ? reader.next() : null;
    }

    /** False while commands have to wait, and when no more are wanted. */
    private boolean isTaking() {
        return !ending && !authority.isAsking() && upgrade == null;
    }

    /** IDENTIFY, AUTH and NOP are the connection's own; others belong to a topic's loop. */
    void take(Command command) {
        if (command instanceof Command.Nop) return;
        if (command instanceof Command.Identify c) identify(c);
        else if (command instanceof Command.Auth c) authority.authenticate(c.secret());
        else if (authority.lets(command)) {
            lanes.add(command);
            reader.admission().taken(command);
        }
    }

    private void identify(Command.Identify command) {
        IdentifyBody asked = IdentifyBody.parse(command.json());
        ClientSettings wanted = negotiation.identify(asked, settings);
        Layers layers = negotiation.layers(asked, settings.link());
        change(wanted);
        reader.admission().identified(wanted.heartbeatMs() > 0);
        Segment answer = Segment.answered(negotiation.answer(asked, wanted, layers), false);
        if (layers.isEmpty()) {
            deadlines.start(wanted.heartbeatMs());
        } else {
            // The handshake has its own deadline, and no heartbeat may come in between.
            deadlines.stop();
            Tls tls = negotiation.access().tls();
            upgrade = new Upgrade(this, raw, reader.inflow(), layers, tls, answer);
            reader.inflow().clear();
        }
        lanes.answer(answer);
    }

    private void change(ClientSettings now) {
        settings = now;
        lanes.identified(now);
    }

    /** TLS is there; compression may follow. */
    void secured(SSLSession session) {
        reader.admission().secured();
        authority.secured(PeerName.of(session));
    }

    /** All layers are there: commands go on, with those that have come in the meantime. */
    void upgraded(ClientLink link, List<ByteBuffer> early) {
        if (closed) return;
        upgrade = null;
        change(settings.with(link));
        deadlines.start(settings.heartbeatMs());
        early.forEach(this::received);
    }

    /** The auth server has said who this is. */
    void known(ClientLink.Identity identity) {
        change(settings.with(settings.link().with(identity)));
    }

    /** The auth server has answered: what waited for it goes on, beginning with {@code next}. */
    void goOn(Runnable next) {
        if (ending) return;
        try {
            next.run();
        } catch (ProtocolException e) {
            fail(e);
        }
        drain();
    }

    /** Answers a command of the connection's own. */
    void answer(Frame frame) {
        lanes.answer(Segment.answered(frame, false));
    }

    /** Writes answers, the oldest first. */
    void answer(Segment segment) {
        if (upgrade != null && upgrade.isAnnouncedBy(segment)) {
            upgrade.start();
            return;
        }
        if (!segment.answers().isEmpty()) writer.answers(segment.answers().take());
        if (segment.isFatal()) end();
    }

    /** The only place where what a client did wrong becomes bytes. */
    void fail(ProtocolException e) {
        ending = true;
        lanes.answer(Segment.answered(Frame.Error.of(e), true));
    }

    /** As {@link #fail}, without a word. */
    private void endBehindAnswers() {
        ending = true;
        lanes.answer(Segment.last());
    }

    /** Nothing more comes: says which part of a command is missing, if one was begun. */
    void expire() {
        ProtocolException unfinished;
        if (ending || upgrade != null) close();
        else if ((unfinished = reader.unfinished()) == null) endBehindAnswers();
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
        lanes.abandon();
        writer.flush().onComplete(done -> close());
    }

    private boolean isOverloaded() {
        return writer.unwrittenAnswers() > ANSWER_LIMIT || lanes.underWay() > SEGMENT_LIMIT;
    }

    void pauseOrResume() {
        boolean overloaded = isOverloaded();
        boolean hasMore = reader.inflow().hasMore() && !ending;
        if (hasMore && !overloaded && isTaking()) drainSoon();
        boolean hold = overloaded || hasMore || authority.isAsking();
        if (hold == paused) return;
        paused = hold;
        if (hold) {
            raw.pause();
            return;
        }
        // What came in the meantime was not looked at: the client has not been silent.
        deadlines.heard();
        raw.resume();
        if (inputEnded) home.run(this::inputEnded);
    }

    /** Goes on with what has come compressed, after others had their turn. */
    private void drainSoon() {
        if (drainScheduled) return;
        drainScheduled = true;
        home.run(this::drain);
    }

    /** True while nothing is read: the client takes no answers, or something else has to end. */
    boolean isPaused() {
        return paused;
    }

    /** Messages from the loop of the topic. */
    void deliver(Buffer messages, CoreLoop from) {
        if (from == home) writer.messages(messages);
        else home.run(() -> writer.messages(messages));
    }

    private void messagesWritten(int bytes) {
        if (bytes > 0) lanes.written(bytes);
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
        lanes.close();
        reader.inflow().close();
        writer.close();
    }
}
