package io.sluice.nsqd.store;

import io.sluice.protocol.TopicName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Where the files of NSQ's queues go when their messages are in our logs, and how far each topic
 * has come: an import that was cut short neither loses messages nor repeats what it had done.
 *
 * <pre>
 * no mark ──► importing ──► imported ──► no mark, and no files of NSQ
 * </pre>
 */
final class NsqArchive {
    static final String NAME = "nsq-imported";

    private final Path dataPath;
    private final Path directory;

    NsqArchive(Path dataPath) {
        this.dataPath = dataPath;
        this.directory = dataPath.resolve(NAME);
    }

    private Path importing(TopicName topic) {
        return directory.resolve(topic + ".importing");
    }

    private Path imported(TopicName topic) {
        return directory.resolve(topic + ".imported");
    }

    /** Once, before all else. */
    void open() throws IOException {
        Files.createDirectories(directory);
        Directories.force(dataPath);
    }

    /** True when the topic's log has nothing but what an import had put there when it ended. */
    boolean isImporting(TopicName topic) {
        return Files.exists(importing(topic));
    }

    /** From here on the log of this topic, which was new, is incomplete. */
    void nowImporting(TopicName topic) throws IOException {
        DataFiles.open(importing(topic), StandardOpenOption.CREATE, StandardOpenOption.WRITE)
                .close();
        Directories.force(directory);
    }

    /** True when all of the topic's messages are in its log, and the files are only in the way. */
    boolean isImported(TopicName topic) {
        return Files.exists(imported(topic));
    }

    /** From here on the log has everything. */
    void nowImported(TopicName topic) throws IOException {
        DataFiles.open(imported(topic), StandardOpenOption.CREATE, StandardOpenOption.WRITE)
                .close();
        Directories.force(directory);
        Files.deleteIfExists(importing(topic));
        Directories.force(directory);
    }

    /** Takes the files away from NSQ's place, and ends with the topic. */
    void take(TopicName topic, List<Path> files) throws IOException {
        for (Path file : files) {
            Files.move(file, free(file.getFileName().toString()), StandardCopyOption.ATOMIC_MOVE);
        }
        Directories.force(directory);
        Directories.force(dataPath);
        Files.deleteIfExists(imported(topic));
        Directories.force(directory);
    }

    /** A name that an earlier import has left free. */
    private Path free(String name) {
        Path file = directory.resolve(name);
        for (int i = 1; Files.exists(file); i++) file = directory.resolve(name + "." + i);
        return file;
    }
}
