package io.sluice.examples.bench.scenario;

import io.sluice.examples.bench.daemon.Level;
import io.sluice.examples.bench.daemon.Sink;
import io.sluice.examples.bench.daemon.Where;
import io.sluice.examples.bench.wire.Consuming;
import io.sluice.examples.bench.wire.PublishForm;
import io.sluice.examples.bench.wire.Publishing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All scenarios, in the order in which they run. */
public final class Catalogue {
    private static final int PUB_SIZE = 100;
    private static final int MPUB_SIZE = 200;
    private static final int READY = 2_500;
    private static final int REQUEUED = 20_000;
    private static final int TOPICS = 1_000;
    private static final int IDLE_CONSUMERS = 2_000;
    private static final Duration IDLE = Duration.ofSeconds(5);

    /**
     * The least that nsqd allows: the last messages of a run wait so long, and should not count.
     */
    private static final int SHORT_BUFFER_TIMEOUT_MS = 25;

    private final int connections;
    private final int size;
    private final int outputBufferTimeoutMs;
    private final Path directory;

    /**
     * Scenarios with some of their settings overruled, where these are not 0.
     *
     * @param directory on the file system of the daemon; null when it is not known
     */
    public Catalogue(int connections, int size, int outputBufferTimeoutMs, Path directory) {
        this.connections = connections;
        this.size = size;
        this.outputBufferTimeoutMs = outputBufferTimeoutMs;
        this.directory = directory;
    }

    /** Those that measure a daemon which has memory for all messages. */
    public List<Scenario> ofDaemons() {
        return List.of(
                new PublishScenario("publish-mpub", publishing(2, 200, 1, MPUB_SIZE)),
                new PublishScenario("publish-pub", publishing(4, 1, 128, PUB_SIZE)),
                new PublishScenario("publish-one", publishing(1, 1, 1, PUB_SIZE)),
                new PublishScenario("publish-one-by-8", publishing(8, 1, 1, PUB_SIZE)),
                new PublishScenario("publish-mpub-4x4", publishing(4, 200, 4, MPUB_SIZE)),
                sized("publish-pub-1k", 128, 1 << 10),
                sized("publish-pub-64k", 16, 1 << 16),
                sized("publish-pub-1m", 4, 1 << 20),
                http("http-pub", PublishForm.PUB, 1, 1, PUB_SIZE),
                http("http-pub-by-8", PublishForm.PUB, 8, 1, PUB_SIZE),
                http("http-mpub-text", PublishForm.MPUB_TEXT, 2, 100, MPUB_SIZE),
                http("http-mpub-binary", PublishForm.MPUB_BINARY, 2, 100, MPUB_SIZE),
                backlog("consume-1", 1, Where.MEMORY),
                backlog("consume-4", 4, Where.MEMORY),
                bothPub("both-pub", Level.DEFAULT),
                bothMpub("both-mpub", Level.DEFAULT),
                new FlowScenario(
                        "fan-out",
                        publishing(2, 100, 1, PUB_SIZE),
                        consuming(8, 1, READY),
                        Level.DEFAULT),
                latency("latency-20k", 20_000, READY),
                latency("latency-2k", 2_000, READY),
                latency("latency-20k-rdy-1", 20_000, 1),
                latency("latency-2k-rdy-1", 2_000, 1),
                new RequeueScenario(
                        "requeue",
                        REQUEUED,
                        new Consuming(1, 1, READY, outputBufferTimeoutMs),
                        size(PUB_SIZE)));
    }

    /** Those that measure the memory of a daemon, once each; the one that takes most is last. */
    public List<Scenario> ofMemory() {
        return List.of(
                new IdleScenario("topics", TOPICS, 1, IDLE),
                new IdleScenario("idle-consumers", 1, IDLE_CONSUMERS, IDLE),
                new UnreadScenario("unread", size(MPUB_SIZE)));
    }

    /** Those that measure a daemon which has memory for next to none. */
    public List<Scenario> ofDisk() {
        return List.of(
                new OverflowScenario("overflow-mpub", publishing(2, 200, 1, MPUB_SIZE)),
                backlog("drain-disk", 4, Where.DISK));
    }

    /** Those that measure the levels that only Sluice has; memory as for {@link #ofDaemons}. */
    public List<Scenario> ofLevels() {
        return List.of(
                bothPub("level-mem-pub", Level.MEM),
                bothPub("level-os-pub", Level.OS),
                bothPub("level-fsync-pub", Level.FSYNC),
                bothMpub("level-mem-mpub", Level.MEM),
                bothMpub("level-os-mpub", Level.OS),
                bothMpub("level-fsync-mpub", Level.FSYNC),
                fsync("fsync-1", 1),
                fsync("fsync-8", 8),
                fsync("fsync-64", 64));
    }

    /** Those that measure the load generator, against a {@link Sink}. */
    public List<Scenario> ofSelf() {
        return List.of(
                new PublishScenario("self-mpub", publishing(2, 200, 1, MPUB_SIZE)),
                new PublishScenario("self-pub", publishing(4, 1, 128, PUB_SIZE)),
                new PublishScenario("self-one", publishing(1, 1, 1, PUB_SIZE)),
                sized("self-pub-64k", 16, 1 << 16),
                sized("self-pub-1m", 4, 1 << 20),
                http("self-http-pub", PublishForm.PUB, 1, 1, PUB_SIZE),
                http("self-http-mpub-text", PublishForm.MPUB_TEXT, 2, 100, MPUB_SIZE),
                http("self-http-mpub-binary", PublishForm.MPUB_BINARY, 2, 100, MPUB_SIZE));
    }

    /**
     * Those of {@code all} whose name is one of these words, or begins with one that is no name.
     */
    public static List<Scenario> chosen(List<Scenario> all, List<String> words) {
        return all.stream().filter(s -> words.stream().anyMatch(w -> chooses(w, s, all))).toList();
    }

    private static boolean chooses(String word, Scenario scenario, List<Scenario> all) {
        boolean whole = all.stream().anyMatch(other -> other.name().equals(word));
        return whole ? scenario.name().equals(word) : scenario.name().startsWith(word);
    }

    /** The first word that chooses nothing at all, and what would; null when there is none. */
    public String complaint(List<String> words) {
        List<Scenario> all = new ArrayList<>(ofDaemons());
        all.addAll(ofDisk());
        all.addAll(ofMemory());
        all.addAll(ofLevels());
        all.addAll(ofSelf());
        for (String word : words) {
            if (word.isEmpty() || chosen(all, List.of(word)).isEmpty()) {
                return "there is no scenario '" + word + "': choose of " + names(all);
            }
        }
        return null;
    }

    private static String names(List<Scenario> scenarios) {
        Stream<String> names = scenarios.stream().map(Scenario::name);
        return names.collect(Collectors.joining(", "));
    }

    private Publishing publishing(int ownConnections, int batch, int window, int ownSize) {
        return new Publishing(
                PublishForm.COMMAND, connections(ownConnections), batch, window, size(ownSize));
    }

    /** Four publishers of a size that is in the name, and so is not overruled. */
    private Scenario sized(String name, int window, int bodySize) {
        Publishing publishing =
                new Publishing(PublishForm.COMMAND, connections(4), 1, window, bodySize);
        return new PublishScenario(name, publishing);
    }

    private Scenario http(
            String name, PublishForm form, int ownConnections, int batch, int ownSize) {
        Publishing publishing =
                new Publishing(form, connections(ownConnections), batch, 1, size(ownSize));
        return new PublishScenario(name, publishing);
    }

    private static Consuming consuming(int channels, int consumers, int readyCount) {
        return new Consuming(channels, consumers, readyCount, SHORT_BUFFER_TIMEOUT_MS);
    }

    private Scenario bothPub(String name, Level level) {
        return new FlowScenario(
                name, publishing(4, 1, 128, PUB_SIZE), consuming(1, 2, READY), level);
    }

    private Scenario bothMpub(String name, Level level) {
        return new FlowScenario(
                name, publishing(2, 100, 1, PUB_SIZE), consuming(1, 2, READY), level);
    }

    private Scenario fsync(String name, int ownConnections) {
        return new FsyncScenario(name, publishing(ownConnections, 1, 1, PUB_SIZE), directory);
    }

    private Scenario backlog(String name, int ownConsumers, Where where) {
        Consuming consuming = consuming(1, connections(ownConsumers), READY);
        return new DrainScenario(name, consuming, size(PUB_SIZE), where);
    }

    private Scenario latency(String name, int perSecond, int readyCount) {
        Consuming consuming = new Consuming(1, 1, readyCount, outputBufferTimeoutMs);
        return new LatencyScenario(name, perSecond, consuming, size(PUB_SIZE));
    }

    private int connections(int own) {
        return connections == 0 ? own : connections;
    }

    private int size(int own) {
        return size == 0 ? own : size;
    }
}
