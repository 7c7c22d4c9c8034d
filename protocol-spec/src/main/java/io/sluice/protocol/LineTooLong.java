package io.sluice.protocol;

/** The peer sent no LF within the length of a line: the connection ends without an answer. */
public final class LineTooLong extends RuntimeException {
    LineTooLong() {
        super("no end of line within " + Limits.LINE_LENGTH + " bytes", null, false, false);
    }
}
