package io.sluice.examples.logs;

import io.sluice.protocol.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads the lines of one log as it grows and is rotated: renamed and begun anew, or emptied in
 * place. It finds files again that were rotated while it did not run, if they are beside the log,
 * begin with its name and are not compressed.
 */
final class LogFollower implements AutoCloseable {
    private final Path path;
    private final long graceNs;

    /** Oldest first; only the last one can still be the one that grows. */
    private final Deque<LogFile> files = new ArrayDeque<>();

    /** Keys of all files that were beside the log when it was looked for last. */
    private final Set<String> seen = new HashSet<>();

    private long lastLineNs = System.nanoTime();

    /**
     * Goes on behind a position, or starts with the oldest file there is when that is null.
     *
     * @param grace how long a file that was renamed may still grow, as its writer has it open
     */
    LogFollower(Path path, Position position, Duration grace) throws IOException {
        this.path = path.toAbsolutePath();
        graceNs = grace.toNanos();
        openSince(position);
    }

    private void openSince(Position position) throws IOException {
        for (LogFile file : openAll()) {
            seen.add(file.key());
            boolean isBehind = position == null || !files.isEmpty();
            if (isBehind || file.seek(position)) files.add(file);
            else file.close();
        }
    }

    /**
     * The log and what it was before, oldest first. Looks again when they were rotated meanwhile: a
     * name that was listed may be another file when it is opened, and its own file missed.
     */
    private List<LogFile> openAll() throws IOException {
        while (true) {
            List<LogFile> files = new ArrayList<>();
            for (Path name : rotated()) {
                LogFile file = open(name);
                if (file != null) files.add(file);
            }
            Set<String> opened = new HashSet<>();
            for (LogFile file : files) opened.add(file.key());
            if (opened.equals(keys())) return files;
            for (LogFile file : files) file.close();
        }
    }

    private Set<String> keys() throws IOException {
        Set<String> keys = new HashSet<>();
        for (Path name : rotated()) {
            try {
                keys.add(LogFile.key(name));
            } catch (NoSuchFileException e) {
                // Renamed since it was listed: what was opened is then not all there is.
                keys.add("");
            }
        }
        return keys;
    }

    private List<Path> rotated() throws IOException {
        String name = path.getFileName().toString();
        try (Stream<Path> all = Files.list(path.getParent())) {
            return all.filter(file -> file.getFileName().toString().startsWith(name))
                    .filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().matches(".*\\.(gz|bz2|xz|zst)"))
                    // Asked once for each: it may change while they are sorted.
                    .map(file -> Map.entry(file, lastModified(file)))
                    .sorted(
                            Comparator.<Entry<Path, FileTime>, Boolean>comparing(
                                            file -> path.equals(file.getKey()))
                                    .thenComparing(Entry::getValue))
                    .map(Entry::getKey)
                    .toList();
        }
    }

    private static FileTime lastModified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            // Gone by now, which opening it will say.
            return FileTime.fromMillis(0);
        }
    }

    /** Null when there is no such file now. */
    private static LogFile open(Path file) throws IOException {
        try {
            return LogFile.open(file);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** The next lines, of about so many bytes; empty when there are none yet. */
    List<Bytes> next(int maxBytes) throws IOException {
        List<Bytes> lines = new ArrayList<>();
        findNext();
        while (lines.isEmpty() && !files.isEmpty()) {
            LogFile first = files.peekFirst();
            if (first.isTruncated()) first.restart();
            boolean isComplete = files.size() > 1 && System.nanoTime() - lastLineNs >= graceNs;
            first.take(lines, maxBytes, isComplete);
            if (!lines.isEmpty()) lastLineNs = System.nanoTime();
            else if (isComplete) files.removeFirst().close();
            else break;
        }
        return lines;
    }

    /** Opens what is new: the log itself, and what it was in between if that was quick. */
    private void findNext() throws IOException {
        try {
            String current = LogFile.key(path);
            if (!files.isEmpty() && files.peekLast().key().equals(current)) return;
            if (files.isEmpty()) seen.remove(current);
            openUnseen();
        } catch (NoSuchFileException e) {
            // In the middle of being rotated, or there is no log yet: its writer may hold it open.
        }
    }

    private void openUnseen() throws IOException {
        Set<String> there = new HashSet<>();
        for (LogFile file : openAll()) {
            there.add(file.key());
            if (seen.contains(file.key())) file.close();
            else files.add(file);
        }
        seen.clear();
        seen.addAll(there);
    }

    /** How far {@link #next} has come; null before the first file. */
    Position position() throws IOException {
        return files.isEmpty() ? null : files.peekFirst().position();
    }

    @Override
    public void close() throws IOException {
        for (LogFile file : files) file.close();
    }
}
