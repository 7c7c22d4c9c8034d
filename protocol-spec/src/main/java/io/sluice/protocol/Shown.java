package io.sluice.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** How an error text shows what the peer sent: a Latin-1 text that stands for bytes. */
public final class Shown {
    private static final String LETTERS = "\007a\bb\ff\nn\rr\tt\013v\"\"\\\\";

    private Shown() {}

    /** The bytes read as UTF-8. */
    public static String plain(String latin1) {
        return new String(latin1.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /**
     * The bytes in double quotes and with escapes, as Go's {@code %q} shows them: a byte that is no
     * part of UTF-8 by its number, and what prints nothing by its code point.
     */
    static String quoted(String latin1) {
        byte[] bytes = latin1.getBytes(StandardCharsets.ISO_8859_1);
        StringBuilder out = new StringBuilder(bytes.length + 2).append('"');
        int at = 0;
        while (at < bytes.length) {
            String character = characterAt(bytes, at);
            if (character == null) {
                hex("\\x", 2, bytes[at++] & 0xff, out);
            } else {
                escape(character.codePointAt(0), out);
                at += character.getBytes(StandardCharsets.UTF_8).length;
            }
        }
        return out.append('"').toString();
    }

    /** The one character that starts here, or null when these bytes are no UTF-8. */
    private static String characterAt(byte[] bytes, int at) {
        int lead = bytes[at] & 0xff;
        int length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
        if (at + length > bytes.length) return null;
        String read = new String(bytes, at, length, StandardCharsets.UTF_8);
        byte[] written = read.getBytes(StandardCharsets.UTF_8);
        boolean same = Arrays.equals(written, 0, written.length, bytes, at, at + length);
        return same && read.codePointCount(0, read.length()) == 1 ? read : null;
    }

    private static void escape(int c, StringBuilder out) {
        int letter = LETTERS.indexOf(c);
        if (letter >= 0 && letter % 2 == 0) out.append('\\').append(LETTERS.charAt(letter + 1));
        else if (prints(c)) out.appendCodePoint(c);
        else if (c < 0x80) hex("\\x", 2, c, out);
        else if (c < 0x10000) hex("\\u", 4, c, out);
        else hex("\\U", 8, c, out);
    }

    private static boolean prints(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            case Character.SPACE_SEPARATOR -> c == ' ';
            default -> true;
        };
    }

    private static void hex(String prefix, int digits, int value, StringBuilder out) {
        out.append(prefix);
        for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
            out.append(Character.forDigit(value >>> shift & 0xf, 16));
        }
    }
}
