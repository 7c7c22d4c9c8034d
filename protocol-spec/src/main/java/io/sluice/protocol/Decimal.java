package io.sluice.protocol;

/** Decimal numbers as nsqd reads them: digits only, wrapping round at 64 bits, empty is 0. */
final class Decimal {
    private Decimal() {}

    static boolean isValid(String digits) {
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '9') return false;
        }
        return true;
    }

    /** The value of {@link #isValid valid} digits; 2^63 and above come out negative. */
    static long parse(String digits) {
        long value = 0;
        for (int i = 0; i < digits.length(); i++) value = value * 10 + (digits.charAt(i) - '0');
        return value;
    }
}
