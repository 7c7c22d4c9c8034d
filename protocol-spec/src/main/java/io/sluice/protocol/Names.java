package io.sluice.protocol;

/** What topic and channel names have in common (spec/tcp-v2.md, Names). */
final class Names {
    /** Marks a topic or channel that never touches the disk. */
    static final String EPHEMERAL_SUFFIX = "#ephemeral";

    private Names() {}

    /**
     * True for 1 to 64 characters of {@code [.a-zA-Z0-9_-]}, the suffix included if there is one.
     */
    static boolean valid(String name) {
        if (name.isEmpty() || name.length() > Limits.NAME_LENGTH) return false;
        int end = name.length() - (isEphemeral(name) ? EPHEMERAL_SUFFIX.length() : 0);
        for (int i = 0; i < end; i++) {
            if (!allowed(name.charAt(i))) return false;
        }
        return end > 0;
    }

    static boolean isEphemeral(String name) {
        return name.endsWith(EPHEMERAL_SUFFIX);
    }

    private static boolean allowed(char c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || c == '.'
                || c == '_'
                || c == '-';
    }
}
