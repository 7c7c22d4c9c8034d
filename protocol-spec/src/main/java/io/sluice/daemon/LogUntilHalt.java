package io.sluice.daemon;

import java.util.logging.LogManager;

/**
 * The logging system, less its habit of closing itself at the first sign of a shutdown: what a
 * daemon says while it stops is what people look for afterwards.
 */
public final class LogUntilHalt extends LogManager {
    private static volatile boolean kept;

    /** For the logging system, which makes it by name. */
    public LogUntilHalt() {}

    /** From now on the logging system stays as it is until the process ends. */
    static void keep() {
        kept = true;
    }

    @Override
    public void reset() {
        if (!kept) super.reset();
    }
}
