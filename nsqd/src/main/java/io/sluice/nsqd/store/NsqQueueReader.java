package io.sluice.nsqd.store;

import io.sluice.protocol.Message;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * Reads all that is left in a disk queue of NSQ, and more than NSQ itself would find after an
 * unclean stop: every segment is read to its real end, and without positions from its start. So
 * what was handed out shortly before such a stop may come again.
 */
final class NsqQueueReader implements Closeable {
    private final NsqQueue queue;
    private final int maxMessageSize;
    private final Deque<Map.Entry<Long, Path>> ahead = new ArrayDeque<>();
    private final List<String> notes = new ArrayList<>();
    private final long expected;
    private long startPosition;
    private NsqSegment segment;
    private Path file;

    /** Of the segment that was opened last; -1 before the first. */
    private long number = -1;

    private long messages;
    private int files;

    NsqQueueReader(NsqQueue queue, int maxMessageSize) throws IOException {
        this.queue = queue;
        this.maxMessageSize = maxMessageSize;
        for (Path bad : queue.bad()) note(bad, "put aside by NSQ as damaged, not read");
        NsqPositions positions = queue.positions();
        expected = positions == null ? -1 : positions.depth();
        ahead.addAll(queue.segments().entrySet());
        if (positions != null) startAt(positions);
        else if (!ahead.isEmpty())
            notes.add("no positions to be read: all segments from the start");
    }

    private void startAt(NsqPositions positions) {
        while (!ahead.isEmpty() && ahead.getFirst().getKey() < positions.readFile()) {
            note(ahead.removeFirst().getValue(), "consumed already, not read");
        }
        boolean there = !ahead.isEmpty() && ahead.getFirst().getKey() == positions.readFile();
        if (there) startPosition = positions.readPosition();
        else if (positions.depth() > 0) {
            notes.add("segment " + positions.readFile() + " is missing, which was to be read next");
        }
    }

    /** The next message; null when there are no more. */
    Message next() throws IOException {
        while (segment != null || open()) {
            Message message = nextOfSegment();
            if (message != null) {
                messages++;
                return message;
            }
            closeSegment();
        }
        return null;
    }

    /** Opens the next segment that can be opened; false when there is none. */
    private boolean open() {
        while (!ahead.isEmpty()) {
            Map.Entry<Long, Path> next = ahead.removeFirst();
            if (number >= 0 && next.getKey() > number + 1) {
                notes.add("segments %d to %d are missing".formatted(number + 1, next.getKey() - 1));
            }
            number = next.getKey();
            file = next.getValue();
            long position = startPosition;
            startPosition = 0;
            try {
                segment = new NsqSegment(file, position, maxMessageSize);
                files++;
                return true;
            } catch (IOException e) {
                note(file, "cannot be read: " + DataFiles.why(e));
            }
        }
        return false;
    }

    private Message nextOfSegment() {
        try {
            Message message = segment.next();
            if (message == null && segment.damage() != null) lost(segment.damage());
            return message;
        } catch (IOException e) {
            lost(DataFiles.why(e));
            return null;
        }
    }

    private void lost(String why) {
        note(
                file,
                "%s at %d: %d bytes not read".formatted(why, segment.position(), segment.rest()));
    }

    private void note(Path about, String text) {
        notes.add(about.getFileName() + ": " + text);
    }

    private void closeSegment() throws IOException {
        segment.close();
        segment = null;
    }

    /** What was read by now, and what was not. */
    NsqQueueReport report() {
        return new NsqQueueReport(
                queue.topic(), queue.channel(), messages, expected, files, List.copyOf(notes));
    }

    @Override
    public void close() throws IOException {
        if (segment != null) closeSegment();
    }
}
