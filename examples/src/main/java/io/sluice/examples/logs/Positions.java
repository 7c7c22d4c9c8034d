package io.sluice.examples.logs;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How far each log has been shipped, in a file that is always whole. */
final class Positions {
    private final Path file;
    private final Map<String, Position> byLog = new TreeMap<>();

    /** Reads the file, if there is one. */
    Positions(Path file) throws IOException {
        this.file = file;
        if (!Files.exists(file)) return;
        for (String line : Files.readAllLines(file)) {
            String[] words = line.split("\t", 2);
            byLog.put(words[1], Position.parse(words[0]));
        }
    }

    /** Null for a log that is new. */
    Position of(Path log) {
        return byLog.get(log.toAbsolutePath().toString());
    }

    /** Returns when this is on the disk: a crash leaves either the old file or the new one. */
    void save(Path log, Position position) throws IOException {
        byLog.put(log.toAbsolutePath().toString(), position);
        List<String> lines = new ArrayList<>();
        byLog.forEach((path, at) -> lines.add(at + "\t" + path));
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.write(next, lines);
        try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
