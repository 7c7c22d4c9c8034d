package io.sluice.daemon;

import java.util.Locale;
import java.util.logging.Level;

/** How severe a line of the log is, by the words of {@code --log-level}. */
public enum LogLevel {
    DEBUG(Level.FINE),
    INFO(Level.INFO),
    WARN(Level.WARNING),
    ERROR(Level.SEVERE),
    FATAL(new Fatal());

    private final Level level;

    LogLevel(Level level) {
        this.level = level;
    }

    Level level() {
        return level;
    }

    /** The number that {@code /config/log_level} answers: 1 for debug up to 5 for fatal. */
    public int number() {
        return ordinal() + 1;
    }

    /**
     * The level of a word in any letter case.
     *
     * @throws IllegalArgumentException with the allowed words
     */
    public static LogLevel parse(String word) {
        for (LogLevel level : values()) {
            if (level.name().equalsIgnoreCase(word)) return level;
        }
        throw new IllegalArgumentException(
                "'" + word + "' is not debug, info, warn, error or fatal");
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static final class Fatal extends Level {
        private static final long serialVersionUID = 1;

        Fatal() {
            super("FATAL", Level.SEVERE.intValue() + 100);
        }
    }
}
