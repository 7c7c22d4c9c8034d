package io.sluice.nsqd.net;

import io.sluice.nsqd.core.Session;
import io.sluice.protocol.Command;
import io.sluice.protocol.ErrorCode;
import io.sluice.protocol.Frame;
import io.sluice.protocol.ProtocolException;
import java.util.ArrayList;
import java.util.List;

/**
 * Commands of a connection, one behind the other, that all go to the same loop; and their answers.
 * They cross to it and back as one. Only one loop uses it at a time.
 */
final class Segment {
    private final List<Command> commands = new ArrayList<>();
    private final FrameBuffer answers = new FrameBuffer();
    private boolean done;
    private boolean fatal;

    /** A segment without commands: its answer is known already. */
    static Segment answered(Frame answer, boolean fatal) {
        Segment segment = new Segment();
        segment.answers.add(answer);
        segment.fatal = fatal;
        segment.done = true;
        return segment;
    }

    /** A segment that only ends the connection. */
    static Segment last() {
        Segment segment = new Segment();
        segment.fatal = true;
        segment.done = true;
        return segment;
    }

    void add(Command command) {
        commands.add(command);
    }

    /** Carries out the commands up to the first whose failure ends the connection. */
    void execute(Session session, long nowNs) {
        for (Command command : commands) {
            try {
                Frame answer = session.execute(command, nowNs);
                if (answer != null) answers.add(answer);
            } catch (ProtocolException e) {
                answers.add(Frame.Error.of(e));
                if (!e.code().fatal()) continue;
                fatal = true;
                return;
            }
        }
    }

    /**
     * What the commands published was taken and then could not be made as durable as it should be.
     * None of it is acknowledged.
     */
    void fail(String why) {
        answers.take();
        answers.add(Frame.Error.of(ErrorCode.E_PUB_FAILED.because("PUB failed " + why)));
        fatal = true;
    }

    void done() {
        done = true;
    }

    boolean isDone() {
        return done;
    }

    /** True when the connection ends behind the answers. */
    boolean isFatal() {
        return fatal;
    }

    FrameBuffer answers() {
        return answers;
    }
}
