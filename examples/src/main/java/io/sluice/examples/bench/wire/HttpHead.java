package io.sluice.examples.bench.wire;

import java.nio.ByteBuffer;

/**
 * What the load generator needs to know of a head of HTTP/1.1, found without copying it.
 *
 * @param end where the body begins in the buffer
 * @param bodyLength bytes of the body
 */
public record HttpHead(int end, int bodyLength) {
    private static final String LENGTH = "content-length:";
    private static final int MOST_DIGITS = 9;

    /** Looks from the buffer's position on and does not move it; null until the head is whole. */
    public static HttpHead find(ByteBuffer in) {
        int bodyLength = -1;
        int lineStart = in.position();
        for (int i = lineStart; i < in.limit(); i++) {
            if (in.get(i) != '\n') continue;
            if (i - lineStart <= 1) return whole(i + 1, bodyLength);
            if (isLength(in, lineStart, i)) bodyLength = number(in, lineStart + LENGTH.length(), i);
            lineStart = i + 1;
        }
        return null;
    }

    private static HttpHead whole(int end, int bodyLength) {
        if (bodyLength < 0) throw new BenchException("HTTP without a Content-Length came");
        return new HttpHead(end, bodyLength);
    }

    /** Names of headers may be in any case. */
    private static boolean isLength(ByteBuffer in, int start, int end) {
        if (end - start < LENGTH.length()) return false;
        for (int i = 0; i < LENGTH.length(); i++) {
            if (Character.toLowerCase((char) in.get(start + i)) != LENGTH.charAt(i)) return false;
        }
        return true;
    }

    private static int number(ByteBuffer in, int start, int end) {
        int number = 0;
        int digits = 0;
        for (int i = start; i < end; i++) {
            int digit = in.get(i) - '0';
            if (digit < 0 || digit > 9) continue; // spaces around it, and the CR
            number = number * 10 + digit;
            digits++;
        }
        if (digits == 0 || digits > MOST_DIGITS) {
            throw new BenchException("a Content-Length of " + digits + " digits came");
        }
        return number;
    }

    /** The index behind the body. */
    public int bodyEnd() {
        return end + bodyLength;
    }
}
