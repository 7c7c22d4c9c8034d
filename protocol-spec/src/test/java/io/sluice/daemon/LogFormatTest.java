package io.sluice.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LogFormatTest {
    private final LogFormat format = new LogFormat();

    private String line(Level level, String logger, String text) {
        LogRecord record = new LogRecord(level, text);
        record.setLoggerName(logger);
        record.setInstant(instant());
        return format.format(record);
    }

    private static Instant instant() {
        LocalDateTime local = LocalDateTime.of(2026, 11, 20, 14, 41, 2, 78_670_999);
        return local.atZone(ZoneId.systemDefault()).toInstant();
    }

    @Test
    void aLineHasPrefixTimeLevelAndText() {
        LogFormat.configure("io.sluice.lake", "[lake] ", LogLevel.INFO);
        assertThat(line(Level.INFO, "io.sluice.lake.Frog", "{0} it's 100%"))
                .isEqualTo("[lake] 2026/11/20 14:41:02.078670 INFO: {0} it's 100%\n");
        assertThat(line(Level.INFO, "io.sluice.lakes", "no")).startsWith("2026/11/20 ");
    }

    @Test
    void levelsAreWordsOfNsq() {
        assertThat(line(Level.FINE, "x", "t")).contains(" DEBUG: ");
        assertThat(line(Level.WARNING, "x", "t")).contains(" WARNING: ");
        assertThat(line(Level.SEVERE, "x", "t")).contains(" ERROR: ");
        assertThat(line(LogLevel.FATAL.level(), "x", "t")).contains(" FATAL: ");
    }

    @Test
    void aFailureIsShownWithItsTrace() {
        LogRecord record = new LogRecord(Level.SEVERE, "it broke");
        record.setThrown(new IllegalStateException("so it is"));
        assertThat(format.format(record))
                .contains("ERROR: it broke\njava.lang.IllegalStateException: so it is\n\tat ");
    }
}
