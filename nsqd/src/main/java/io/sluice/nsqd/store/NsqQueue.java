package io.sluice.nsqd.store;

import io.sluice.protocol.ChannelName;
import io.sluice.protocol.TopicName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A disk queue of NSQ: what a topic or a channel did not hold in memory. */
final class NsqQueue {
    /** Two numbers of 18 digits, one of 19, and what is between them. */
    private static final int MAX_POSITIONS_BYTES = 128;

    private final TopicName topic;
    private final ChannelName channel;
    private final NavigableMap<Long, Path> segments = new TreeMap<>();
    private final List<Path> others = new ArrayList<>();
    private final List<Path> bad = new ArrayList<>();
    private Path positions;

    private NsqQueue(TopicName topic, ChannelName channel) {
        this.topic = topic;
        this.channel = channel;
    }

    /** The queues of a data path; a topic's own goes before those of its channels. */
    static List<NsqQueue> in(Path directory) throws IOException {
        Map<String, NsqQueue> queues = new LinkedHashMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.diskqueue.*")) {
            for (Path file : files) {
                NsqFileName name = NsqFileName.parse(file.getFileName().toString());
                if (name == null) continue;
                queues.computeIfAbsent(
                                name.topic() + ":" + name.channel(),
                                key -> new NsqQueue(name.topic(), name.channel()))
                        .add(name, file);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        Comparator<NsqQueue> byName = Comparator.comparing(NsqQueue::topic);
        Comparator<ChannelName> ownFirst = Comparator.nullsFirst(Comparator.naturalOrder());
        return queues.values().stream()
                .sorted(byName.thenComparing(NsqQueue::channel, ownFirst))
                .toList();
    }

    private void add(NsqFileName name, Path file) {
        switch (name.kind()) {
            case SEGMENT -> segments.put(name.number(), file);
            case POSITIONS -> positions = file;
            case BAD -> bad.add(file);
            case LEFTOVER -> others.add(file);
        }
    }

    TopicName topic() {
        return topic;
    }

    /** Null for a topic's own. */
    ChannelName channel() {
        return channel;
    }

    /** By their numbers, which need not be dense. */
    NavigableMap<Long, Path> segments() {
        return segments;
    }

    /** Segments that NSQ put aside. */
    List<Path> bad() {
        return bad;
    }

    /** All files that belong to it. */
    List<Path> files() {
        List<Path> files = new ArrayList<>(segments.values());
        files.addAll(bad);
        files.addAll(others);
        if (positions != null) files.add(positions);
        return files;
    }

    /** Null when there are none, or none that can be read, as after an unclean stop. */
    NsqPositions positions() throws IOException {
        if (positions == null || Files.size(positions) > MAX_POSITIONS_BYTES) return null;
        return NsqPositions.parse(Files.readString(positions, StandardCharsets.ISO_8859_1));
    }

    @Override
    public String toString() {
        return channel == null ? topic.value() : topic + ":" + channel;
    }
}
