package io.sluice.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The first line of a command: a verb and its parameters, parted by single spaces. */
final class Line {
    private final String text;
    private final String verb;

    private Line(String text) {
        this.text = text;
        int space = text.indexOf(' ');
        this.verb = space < 0 ? text : text.substring(0, space);
    }

    /**
     * Reads up to the next LF and moves past it, or returns null and moves nothing.
     *
     * @throws LineTooLong when no LF comes within {@link Limits#LINE_LENGTH} bytes
     */
    static Line read(ByteBuffer in) {
        int start = in.position();
        int end = Math.min(in.limit(), start + Limits.LINE_LENGTH);
        int at = start;
        while (at < end && in.get(at) != '\n') at++;
        if (at == end) {
            if (end - start >= Limits.LINE_LENGTH) throw new LineTooLong();
            return null;
        }
        int length = at - start;
        if (length > 0 && in.get(at - 1) == '\r') length--;
        byte[] bytes = new byte[length];
        in.get(start, bytes);
        in.position(at + 1);
        // Latin-1 keeps each byte one char, so that a bad name can be shown byte by byte.
        return new Line(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    /** The same line without white space at its ends, which nsqlookupd ignores. */
    Line stripped() {
        int from = 0;
        int to = text.length();
        while (from < to && isWhiteSpace(text.charAt(from))) from++;
        while (from < to && isWhiteSpace(text.charAt(to - 1))) to--;
        return new Line(text.substring(from, to));
    }

    private static boolean isWhiteSpace(char c) {
        return c == ' ' || c >= '\t' && c <= '\r';
    }

    String verb() {
        return verb;
    }

    /** Count of parameters behind the verb; two spaces in a row hold an empty one. */
    int parameters() {
        int count = 0;
        for (int at = text.indexOf(' '); at >= 0; at = text.indexOf(' ', at + 1)) count++;
        return count;
    }

    /** The parameter at {@code index}, 1-based; null when there are fewer. */
    String parameter(int index) {
        int from = -1;
        for (int i = 0; i < index; i++) {
            from = text.indexOf(' ', from + 1);
            if (from < 0) return null;
        }
        int to = text.indexOf(' ', from + 1);
        return to < 0 ? text.substring(from + 1) : text.substring(from + 1, to);
    }
}
