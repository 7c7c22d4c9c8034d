package io.sluice.daemon;

/** A command line that cannot be read: answered with the message, the usage and exit code 2. */
public final class FlagException extends RuntimeException {
    FlagException(String message) {
        super(message, null, false, false);
    }
}
