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
import java.util.Locale;
import java.util.Set;

/** What files in the data path have in common: whose they are, and how they fail. */
final class DataFiles {
    private DataFiles() {}

    /** Opens a file whose mode is 0600 if this call makes it. */
    static FileChannel open(Path file, OpenOption... options) throws IOException {
        return FileChannel.open(file, Set.of(options), Directories.attributes(file, "rw-------"));
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
