package io.sluice.nsqd.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Set;

/** How files in the data path are made: for the daemon's user only, and to outlast the power. */
final class DataFiles {
    private static final FileAttribute<?>[] NO_ATTRIBUTES = {};

    private DataFiles() {}

    /** Opens a file whose mode is 0600 if this call makes it. */
    static FileChannel open(Path file, OpenOption... options) throws IOException {
        return FileChannel.open(file, Set.of(options), onlyForOwner(file));
    }

    private static FileAttribute<?>[] onlyForOwner(Path file) {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return NO_ATTRIBUTES;
        }
        FileAttribute<?> mode =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        return new FileAttribute<?>[] {mode};
    }

    /** What was made, renamed or deleted in the directory stays so when the power fails. */
    static void sync(Path directory) throws IOException {
        // Windows cannot open a directory, and has no need to.
        if (!directory.getFileSystem().supportedFileAttributeViews().contains("posix")) return;
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** The reason alone, in the system's words, without the file that it is about. */
    static String why(IOException e) {
        if (e instanceof AccessDeniedException) return "permission denied";
        if (e instanceof NoSuchFileException) return "no such file or directory";
        if (e instanceof NotDirectoryException) return "not a directory";
        if (e instanceof FileAlreadyExistsException) return "file exists";
        boolean named = e instanceof FileSystemException f && f.getReason() != null;
        String why = named ? ((FileSystemException) e).getReason() : e.getMessage();
        if (why == null) return e.toString();
        return why.substring(0, Math.min(1, why.length())).toLowerCase(Locale.ROOT)
                + why.substring(Math.min(1, why.length()));
    }
}
