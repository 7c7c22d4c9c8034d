package io.sluice.client.tools;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;

/** The files of a topic, one after the other. One thread uses it. */
final class OutputFiles {
    private static final System.Logger LOG = System.getLogger(OutputFiles.class.getName());

    private final ToFileOptions options;
    private final FileNames names;
    private final Clock clock;
    private final Path workDir;
    private final Path outputDir;
    private OutputFile file;
    private String name = "";
    private int revision;
    private Instant opened;

    /** Throws IllegalArgumentException when the files cannot be named. */
    OutputFiles(ToFileOptions options, String topic, Clock clock) {
        this.options = options;
        this.clock = clock;
        names = new FileNames(options, topic);
        workDir = Path.of(options.workDir);
        outputDir = Path.of(options.outputDir);
    }

    /** Whether the next line belongs to a file that is not open yet. */
    boolean needsNext() {
        if (file == null) return true;
        ZonedDateTime now = ZonedDateTime.now(clock);
        return !names.at(now).equals(name) || isOld(now.toInstant()) || isLarge(file);
    }

    private boolean isOld(Instant now) {
        Duration most = options.rotateInterval;
        return !most.isZero() && Duration.between(opened, now).compareTo(most) > 0;
    }

    private boolean isLarge(OutputFile candidate) {
        return options.rotateSize > 0 && candidate.size() > options.rotateSize;
    }

    /** Closes the file, if one is open, and opens the next. */
    void next() throws IOException {
        close();
        ZonedDateTime now = ZonedDateTime.now(clock);
        String next = names.at(now);
        revision = next.equals(name) ? revision + 1 : 0;
        name = next;
        opened = now.toInstant();
        file = openFree();
        LOG.log(Level.INFO, "opened " + file.path());
    }

    /** The first revision that is not used up. */
    private OutputFile openFree() throws IOException {
        boolean fresh = options.gzip || !options.rotateInterval.isZero();
        int level = options.gzip ? options.gzipLevel : 0;
        for (; ; revision++) {
            Path path = workDir.resolve(FileNames.revision(name, revision));
            if (moves() && Files.exists(finished(path))) continue;
            Files.createDirectories(path.toAbsolutePath().getParent());
            try {
                OutputFile candidate = OutputFile.open(path, level, fresh);
                if (!isLarge(candidate)) return candidate;
                candidate.close();
            } catch (FileAlreadyExistsException e) {
                LOG.log(Level.INFO, "there is already a " + path);
            }
        }
    }

    private boolean moves() {
        return !workDir.equals(outputDir);
    }

    private Path finished(Path path) {
        return outputDir.resolve(workDir.relativize(path));
    }

    void write(byte[] line) throws IOException {
        file.write(line);
    }

    /** See {@link OutputFile#flush}. */
    void flush() throws IOException {
        if (file != null) file.flush();
    }

    /** See {@link OutputFile#sync}. */
    void sync() throws IOException {
        if (file != null) file.sync();
    }

    /** Finishes the file, if one is open, and moves it where finished files go. */
    void close() throws IOException {
        if (file == null) return;
        file.close();
        Path path = file.path();
        file = null;
        if (moves()) move(path);
    }

    private void move(Path path) throws IOException {
        Path target = finished(path);
        Files.createDirectories(target.toAbsolutePath().getParent());
        for (int next = revision + 1; ; next++) {
            try {
                OutputFile.move(path, target);
                LOG.log(Level.INFO, "moved " + path + " to " + target);
                return;
            } catch (FileAlreadyExistsException e) {
                target = outputDir.resolve(FileNames.revision(name, next));
            }
        }
    }
}
