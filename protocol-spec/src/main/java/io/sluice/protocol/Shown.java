package io.sluice.protocol;

import java.nio.charset.StandardCharsets;

/** How an error text shows what the peer sent: a Latin-1 text that stands for bytes. */
final class Shown {
    private Shown() {}

    /** The bytes read as UTF-8. */
    static String plain(String latin1) {
        return new String(latin1.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /** The bytes in double quotes and with escapes, as Go's {@code %q} shows them. */
    static String quoted(String latin1) {
        String utf8 = plain(latin1);
        StringBuilder out = new StringBuilder("\"");
        if (utf8.indexOf('\uFFFD') < 0) {
            utf8.codePoints().forEach(c -> character(c, out));
        } else {
            // Not wholly UTF-8: show what is not ASCII byte by byte.
            for (char c : latin1.toCharArray()) {
                if (c < 0x80) character(c, out);
                else out.append(String.format("\\x%02x", (int) c));
            }
        }
        return out.append('"').toString();
    }

    private static void character(int c, StringBuilder out) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case 7 -> out.append("\\a");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case 11 -> out.append("\\v");
            default -> {
                if (c < ' ' || c == 0x7f) out.append(String.format("\\x%02x", c));
                else out.appendCodePoint(c);
            }
        }
    }
}
