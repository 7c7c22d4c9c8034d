package io.sluice.protocol;

/** What nsqd sends: a length, a type and data (spec/tcp-v2.md, Frames). */
public sealed interface Frame {
    /** Frame type of {@link Response}. */
    int RESPONSE = 0;

    /** Frame type of {@link Error}. */
    int ERROR = 1;

    /** Frame type of {@link Push}. */
    int MESSAGE = 2;

    /** The answer to most commands that went well. */
    Response OK = new Response(Bytes.utf8("OK"));

    /** The answer to CLS. */
    Response CLOSE_WAIT = new Response(Bytes.utf8("CLOSE_WAIT"));

    /** Sent in every heartbeat interval; the client answers with any command. */
    Response HEARTBEAT = new Response(Bytes.utf8("_heartbeat_"));

    /** An answer or a heartbeat. */
    record Response(Bytes data) implements Frame {}

    /** A refusal: an error code, and mostly a text behind it. */
    record Error(Bytes data) implements Frame {
        /** The frame that tells the peer of this error. */
        public static Error of(ProtocolException e) {
            return new Error(Bytes.utf8(e.getMessage()));
        }
    }

    /** A message pushed to a consumer. */
    record Push(Message message) implements Frame {}
}
