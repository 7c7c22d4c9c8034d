package io.sluice.examples.logs;

import io.sluice.client.Consumer;
import io.sluice.client.ConsumerOptions;
import io.sluice.client.ReceivedMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;

/**
 * Keeps lines in compressed files: {@code ArchiveLogs 127.0.0.1:4161 logs archive /var/archive
 * PT30S} runs until it is stopped. A file has its name when it is whole and on the disk; only then
 * are its messages finished.
 */
public final class ArchiveLogs {
    private static final int MAX_BATCH = 10_000;
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH-mm-ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private ArchiveLogs() {}

    /** Lookup node, topic, channel, directory, longest time that a message waits for its file. */
    public static void main(String[] args) throws IOException, InterruptedException {
        archive(
                ConsumerOptions.builder(args[1], args[2]).lookupd(args[0]),
                Files.createDirectories(Path.of(args[3])),
                new Batches(MAX_BATCH, Duration.parse(args[4])));
    }

    private static void archive(ConsumerOptions.Builder options, Path directory, Batches batches)
            throws IOException, InterruptedException {
        // Nothing is given up, and as much comes as fits into a file.
        options.maxInFlight(MAX_BATCH).maxAttempts(0);
        try (Consumer consumer = Consumer.start(options.build(), batches)) {
            while (true) {
                List<ReceivedMessage> batch = batches.next();
                write(directory, batch);
                batch.forEach(ReceivedMessage::finish);
            }
        }
    }

    private static void write(Path directory, List<ReceivedMessage> batch) throws IOException {
        // Several archives may share a directory.
        String name = NAME.format(Instant.now()) + "-" + UUID.randomUUID() + ".log.gz";
        Path unfinished = directory.resolve("." + name);
        try (FileChannel file =
                FileChannel.open(
                        unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            OutputStream plain = Channels.newOutputStream(file);
            GZIPOutputStream out = new GZIPOutputStream(plain, 64 * 1024);
            for (ReceivedMessage message : batch) {
                out.write(message.body().toArray());
                out.write('\n');
            }
            out.finish();
            file.force(true);
        }
        Files.move(unfinished, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
            names.force(true);
        }
    }
}
