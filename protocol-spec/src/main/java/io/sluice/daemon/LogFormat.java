package io.sluice.daemon;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Lines of the log as NSQ's daemons write them: {@code [nsqd] 2026/11/20 14:41:12.578670 INFO:
 * text}. Each daemon logs through {@link System.Logger} under its own package, which is how it gets
 * its prefix and its level; everything else is heard from WARNING on.
 */
public final class LogFormat extends Formatter {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss.SSSSSS");
    private static final Map<Level, String> WORDS =
            Map.of(
                    Level.FINEST, "DEBUG",
                    Level.FINER, "DEBUG",
                    Level.FINE, "DEBUG",
                    Level.CONFIG, "DEBUG",
                    Level.SEVERE, "ERROR");

    private static final Map<String, String> PREFIXES = new ConcurrentHashMap<>();
    // Held here because the logging system itself holds its loggers, and their levels, weakly.
    private static final Map<String, Logger> LOGGERS = new ConcurrentHashMap<>();

    LogFormat() {}

    /** Sends the log of the whole process to {@code out}. */
    public static void install(PrintStream out) {
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) root.removeHandler(handler);
        root.addHandler(new Lines(out));
        root.setLevel(Level.WARNING);
    }

    /** How the daemon whose classes are in {@code packageName} logs from now on. */
    public static void configure(String packageName, String prefix, LogLevel level) {
        PREFIXES.put(packageName, prefix);
        level(packageName, level);
    }

    /** Changes what the daemon of that package logs while it runs. */
    public static void level(String packageName, LogLevel level) {
        LOGGERS.computeIfAbsent(packageName, Logger::getLogger).setLevel(level.level());
    }

    /** The one line behind which a daemon of that package ends. */
    static void fatal(String packageName, String text, Throwable cause) {
        Logger.getLogger(packageName).log(LogLevel.FATAL.level(), text, cause);
    }

    @Override
    public String format(LogRecord record) {
        StringBuilder line = new StringBuilder(prefix(record.getLoggerName()));
        TIME.formatTo(record.getInstant().atZone(ZoneId.systemDefault()), line);
        Level level = record.getLevel();
        line.append(' ').append(WORDS.getOrDefault(level, level.getName()));
        line.append(": ").append(formatMessage(record)).append('\n');
        if (record.getThrown() != null) {
            StringWriter trace = new StringWriter();
            record.getThrown().printStackTrace(new PrintWriter(trace));
            line.append(trace);
        }
        return line.toString();
    }

    private static String prefix(String loggerName) {
        String name = loggerName == null ? "" : loggerName;
        while (!name.isEmpty()) {
            String prefix = PREFIXES.get(name);
            if (prefix != null) return prefix;
            name = name.substring(0, Math.max(0, name.lastIndexOf('.')));
        }
        return "";
    }

    /** Writes each line at once: a log that is behind is no use when the process dies. */
    private static final class Lines extends Handler {
        private final PrintStream out;

        Lines(PrintStream out) {
            this.out = out;
            setFormatter(new LogFormat());
        }

        @Override
        public void publish(LogRecord record) {
            if (!isLoggable(record)) return;
            out.print(getFormatter().format(record));
            out.flush();
        }

        @Override
        public void flush() {
            out.flush();
        }

        @Override
        public void close() {
            out.flush();
        }
    }
}
