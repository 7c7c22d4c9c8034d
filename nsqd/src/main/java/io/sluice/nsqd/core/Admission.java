package io.sluice.nsqd.core;

import static io.sluice.protocol.ErrorCode.E_INVALID;

import io.sluice.protocol.Command;
import io.sluice.protocol.Shown;

/** Which commands a connection may send, as it goes from new to consumer to closing. */
public final class Admission {
    private enum State {
        /** Connected. */
        INIT,
        /** Has sent SUB. */
        SUBSCRIBED,
        /** Has sent CLS: it may still answer for what it has. */
        CLOSING
    }

    private State state = State.INIT;
    private boolean heartbeats = true;
    private boolean lacksTls;

    /**
     * For a new connection.
     *
     * @param tlsRequired true when only IDENTIFY may come before {@link #secured}
     */
    public Admission(boolean tlsRequired) {
        lacksTls = tlsRequired;
    }

    /** The connection is encrypted. */
    public void secured() {
        lacksTls = false;
    }

    /** The client has identified itself; without heartbeats it cannot become a consumer. */
    public void identified(boolean withHeartbeats) {
        heartbeats = withHeartbeats;
    }

    /**
     * Says whether a command may come now; false when it is to be skipped without an answer.
     *
     * @throws io.sluice.protocol.ProtocolException when it may not come
     */
    public boolean admit(String verb) {
        if (lacksTls && !verb.equals("IDENTIFY")) {
            String why = " in current state (TLS required)";
            throw E_INVALID.because("cannot " + Shown.plain(verb) + why);
        }
        switch (verb) {
            case "FIN", "REQ", "TOUCH" -> require(state != State.INIT, verb);
            case "RDY" -> {
                require(state != State.INIT, verb);
                return state == State.SUBSCRIBED;
            }
            case "CLS" -> require(state == State.SUBSCRIBED, verb);
            case "IDENTIFY", "AUTH" -> require(state == State.INIT, verb);
            case "SUB" -> {
                require(state == State.INIT, verb);
                if (!heartbeats) throw E_INVALID.because("cannot SUB with heartbeats disabled");
            }
            default -> {}
        }
        return true;
    }

    private static void require(boolean allowed, String verb) {
        if (!allowed) throw E_INVALID.because("cannot " + verb + " in current state");
    }

    /** The command was read whole and is being carried out. */
    public void taken(Command command) {
        if (command instanceof Command.Sub) state = State.SUBSCRIBED;
        else if (command instanceof Command.Cls) state = State.CLOSING;
    }
}
