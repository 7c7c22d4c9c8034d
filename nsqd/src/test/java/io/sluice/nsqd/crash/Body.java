package io.sluice.nsqd.crash;

import io.sluice.protocol.Bytes;

/** Bodies by which a message is known, and which show when a byte of them is wrong. */
final class Body {
    private Body() {}

    /** The body of the message with this name, which has no colon: so many bytes follow it. */
    static Bytes of(String name, int filler) {
        return Bytes.utf8(name + ":" + "x".repeat(filler) + ":" + filler);
    }

    /** The name in a body; something that nobody has sent when the body is not as it was made. */
    static String name(Bytes body) {
        String text = body.utf8();
        String name = text.substring(0, Math.max(0, text.indexOf(':')));
        String length = text.substring(text.lastIndexOf(':') + 1);
        boolean whole =
                length.matches("\\d{1,6}") && of(name, Integer.parseInt(length)).equals(body);
        return whole ? name : "damaged: " + text;
    }
}
