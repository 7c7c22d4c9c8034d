package io.sluice.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The first line of a command: a verb and its parameters, parted by single spaces. */
final class Line {
    /** What no peer has sent. */
    static final Line NONE = new Line(new byte[0], "");

    /** As it came, without LF. */
    private final byte[] raw;

    private final String text;
    private final String verb;
    private String first;

    /** The first parameter when it has been found to be one; kept by who found out. */
    TopicName topic;

    private Line(byte[] raw, String text) {
        this.raw = raw;
        this.text = text;
        int space = text.indexOf(' ');
        this.verb = space < 0 ? text : text.substring(0, space);
    }

    /**
     * Reads up to the next LF and moves past it, or returns null and moves nothing.
     *
     * @param last the line before. Who publishes says the same again and again: it is returned when
     *     this one has the same bytes, and nothing of it has to be made or looked at anew
     * @throws LineTooLong when no LF comes within {@link Limits#LINE_LENGTH} bytes
     */
    static Line read(ByteBuffer in, Line last) {
        int start = in.position();
        if (last.isAt(start, in)) {
            in.position(start + last.raw.length + 1);
            return last;
        }
        int end = Math.min(in.limit(), start + Limits.LINE_LENGTH);
        int at = start;
        while (at < end && in.get(at) != '\n') at++;
        if (at == end) {
            if (end - start >= Limits.LINE_LENGTH) throw new LineTooLong();
            return null;
        }
        byte[] raw = new byte[at - start];
        in.get(start, raw);
        in.position(at + 1);
        int length = raw.length;
        if (length > 0 && raw[length - 1] == '\r') length--;
        // Latin-1 keeps each byte one char, so that a bad name can be shown byte by byte.
        return new Line(raw, new String(raw, 0, length, StandardCharsets.ISO_8859_1));
    }

    /** True when {@code in} has the same bytes there, and LF behind them. */
    private boolean isAt(int start, ByteBuffer in) {
        int length = raw.length;
        if (length == 0 || in.limit() - start <= length || in.get(start + length) != '\n') {
            return false;
        }
        for (int i = length - 1; i >= 0; i--) if (in.get(start + i) != raw[i]) return false;
        return true;
    }

    /** The same line without white space at its ends, which nsqlookupd ignores. */
    Line stripped() {
        int from = 0;
        int to = text.length();
        while (from < to && isWhiteSpace(text.charAt(from))) from++;
        while (from < to && isWhiteSpace(text.charAt(to - 1))) to--;
        return new Line(raw, text.substring(from, to));
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
        if (index > 1) return find(index);
        if (first == null) first = find(1);
        return first;
    }

    private String find(int index) {
        int from = -1;
        for (int i = 0; i < index; i++) {
            from = text.indexOf(' ', from + 1);
            if (from < 0) return null;
        }
        int to = text.indexOf(' ', from + 1);
        return to < 0 ? text.substring(from + 1) : text.substring(from + 1, to);
    }
}
