package io.sluice.nsqd.store;

import io.sluice.protocol.TopicName;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Where things are on disk, and for whose eyes. */
final class Directories {
    /** Behind a topic's name, which may be "." or "..". */
    static final String TOPIC_SUFFIX = ".log";

    /** A segment that has no lsn yet. */
    static final String PREPARED = "next";

    /** Copies of what could not be read. */
    static final String DAMAGED = "damaged";

    /** The one file of a segment that holds entries: of Chronicle's cycle 0, which never ends. */
    static final String DATA_FILE = "19700101L.cq4";

    /** What Chronicle takes for its data file when there is none yet. */
    static final String PRECREATED_FILE = "19700101L.precreated";

    /** Chronicle's own bookkeeping; of no use once a segment is complete. */
    static final String METADATA_FILE = "metadata.cq4t";

    private static final Pattern SEGMENT = Pattern.compile("[0-9]{20}");
    private static final FileAttribute<?>[] NONE = {};

    private Directories() {}

    static Path ofTopic(Path dataPath, TopicName topic) {
        return dataPath.resolve(topic + TOPIC_SUFFIX);
    }

    static Path ofSegment(Path topicDirectory, long firstLsn) {
        return topicDirectory.resolve(String.format("%020d", firstLsn));
    }

    /** The topics that have a log. */
    static List<TopicName> topics(Path dataPath) throws IOException {
        List<TopicName> topics = new ArrayList<>();
        for (Path path : list(dataPath, "*" + TOPIC_SUFFIX)) {
            String file = path.getFileName().toString();
            String name = file.substring(0, file.length() - TOPIC_SUFFIX.length());
            if (TopicName.isValid(name) && Files.isDirectory(path)) topics.add(new TopicName(name));
        }
        topics.sort(null);
        return topics;
    }

    /** First lsns of a topic's segments. */
    static TreeSet<Long> segments(Path topicDirectory) throws IOException {
        TreeSet<Long> segments = new TreeSet<>();
        for (Path path : list(topicDirectory, "*")) {
            String name = path.getFileName().toString();
            if (!SEGMENT.matcher(name).matches()) continue;
            try {
                segments.add(Long.parseLong(name));
            } catch (NumberFormatException e) {
                continue; // twenty digits that are no long: not ours
            }
        }
        return segments;
    }

    private static List<Path> list(Path directory, String glob) throws IOException {
        List<Path> paths = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory, glob)) {
            stream.forEach(paths::add);
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (java.nio.file.DirectoryIteratorException e) {
            throw e.getCause();
        }
        return paths;
    }

    /** Makes a directory that only its owner can enter, unless it is there. */
    static void make(Path directory) throws IOException {
        try {
            Files.createDirectory(directory, attributes(directory, "rwx------"));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(directory)) throw e;
        }
    }

    /** A new file that only its owner can read. */
    static FileChannel newFile(Path file) throws IOException {
        Set<OpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return FileChannel.open(file, options, attributes(file, "rw-------"));
    }

    /** What makes a new file or directory have these permissions, where there are such. */
    static FileAttribute<?>[] attributes(Path path, String permissions) {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) return NONE;
        var set = PosixFilePermissions.fromString(permissions);
        return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(set)};
    }

    /** Makes sure that a file, or what a directory lists, survives the loss of power. */
    static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Deletes it and all in it, if it is there. */
    static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) return;
        Files.walkFileTree(
                directory,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.deleteIfExists(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path visited, IOException failure)
                            throws IOException {
                        if (failure != null) throw failure;
                        Files.deleteIfExists(visited);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
