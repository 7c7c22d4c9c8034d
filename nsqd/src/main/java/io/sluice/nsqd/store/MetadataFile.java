package io.sluice.nsqd.store;

import io.sluice.daemon.StartException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;

/**
 * {@code nsqd.dat} of a data path. It is only ever replaced as a whole, so that there is always an
 * old or a new one. Not for more than one thread at a time.
 */
public final class MetadataFile {
    private static final System.Logger LOG = System.getLogger(MetadataFile.class.getName());
    private static final String NAME = "nsqd.dat";
    private static final String LEFTOVERS = NAME + ".*.tmp";

    /** Some million topics: what is larger is something else. */
    private static final int MAX_BYTES = 256 * 1024 * 1024;

    private final Path directory;
    private final Path file;

    /** The file of this data path, which must exist. */
    public MetadataFile(Path directory) {
        this.directory = directory;
        this.file = directory.resolve(NAME);
    }

    /**
     * Reads the file, and removes what writes that did not get to their end have left.
     *
     * @throws StartException when there is one that cannot be used: to start without the topics and
     *     channels in it would lose what is published to them
     */
    public Metadata read() {
        removeLeftovers();
        try {
            return decode(bytes());
        } catch (NoSuchFileException e) {
            return Metadata.EMPTY;
        } catch (IOException e) {
            throw new StartException(
                    "failed to load metadata - failed to read metadata from "
                            + file
                            + " - "
                            + DataFiles.why(e),
                    e);
        }
    }

    private byte[] bytes() throws IOException {
        long size = Files.size(file);
        if (size > MAX_BYTES) {
            throw new IOException(size + " bytes are too many, the limit is " + MAX_BYTES);
        }
        return Files.readAllBytes(file);
    }

    private Metadata decode(byte[] bytes) {
        try {
            return MetadataJson.decode(bytes, text -> LOG.log(System.Logger.Level.WARNING, text));
        } catch (IOException e) {
            throw new StartException(
                    "failed to load metadata - failed to parse metadata in "
                            + file
                            + " - "
                            + e.getMessage(),
                    e);
        }
    }

    private void removeLeftovers() {
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(directory, LEFTOVERS)) {
            for (Path leftover : leftovers) {
                Files.deleteIfExists(leftover);
                LOG.log(System.Logger.Level.INFO, "removed " + leftover + ", a write cut short");
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.log(System.Logger.Level.WARNING, "cannot remove " + LEFTOVERS + ": " + e);
        }
    }

    /** When it returns, the power may fail. */
    public void write(Metadata metadata) throws IOException {
        long number = ThreadLocalRandom.current().nextLong(Long.MAX_VALUE);
        Path temporary = directory.resolve(NAME + "." + number + ".tmp");
        try {
            ByteBuffer bytes = ByteBuffer.wrap(MetadataJson.encode(metadata));
            try (FileChannel channel =
                    DataFiles.open(
                            temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                while (bytes.hasRemaining()) channel.write(bytes);
                channel.force(true);
            }
            Files.move(
                    temporary,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            Directories.force(directory);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
