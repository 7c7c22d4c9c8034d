package io.sluice.nsqd.store;

import static io.sluice.nsqd.store.NsqFiles.NOW_NS;
import static io.sluice.nsqd.store.NsqFiles.message;
import static io.sluice.nsqd.store.NsqFiles.record;
import static io.sluice.nsqd.store.NsqFiles.records;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.sluice.daemon.StartException;
import io.sluice.nsqd.core.Durability;
import io.sluice.nsqd.core.LogEntry;
import io.sluice.nsqd.core.LogEntry.ChannelState;
import io.sluice.nsqd.core.LogEntry.TopicState;
import io.sluice.protocol.Bytes;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.Message;
import io.sluice.protocol.MessageId;
import io.sluice.protocol.TopicName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NsqImportTest {
    private static final int MAX_MESSAGE_SIZE = 1_000_000;

    @TempDir Path directory;
    private NsqFiles files;
    private final Map<TopicName, TestLog> logs = new TreeMap<>();
    private final Map<TopicName, TopicState> states = new TreeMap<>();
    private List<NsqQueueReport> reports;

    @BeforeEach
    void start() {
        files = new NsqFiles(directory);
    }

    private static Metadata metadata(boolean paused, String topic, String... channels) {
        List<ChannelMetadata> all =
                Stream.of(channels)
                        .map(name -> new ChannelMetadata(new ChannelName(name), false))
                        .toList();
        return new Metadata(List.of(new TopicMetadata(new TopicName(topic), paused, null, all)));
    }

    private Metadata run(Metadata metadata) {
        NsqImport found = new NsqImport(directory, MAX_MESSAGE_SIZE);
        Metadata complete = found.complete(metadata);
        reports =
                found.run(
                        complete,
                        new NsqImport.Target(Durability.OS, this::open, Runnable::run, NOW_NS));
        return complete;
    }

    private NsqImport.OpenLog open(TopicName topic) {
        return new NsqImport.OpenLog(
                logs.computeIfAbsent(topic, name -> new TestLog()), states.get(topic));
    }

    private TestLog log(String topic) {
        return logs.get(new TopicName(topic));
    }

    private List<String> deliveries(String topic, String channel) {
        TopicState state = log(topic).state();
        ChannelState found =
                state.channels().stream()
                        .filter(c -> c.channel().value().equals(channel))
                        .findFirst()
                        .orElseThrow();
        return log(topic).deliveries(found);
    }

    private static List<String> bodies(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(i -> "m-" + i).toList();
    }

    private static List<String> both(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    private List<String> left() throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.map(p -> p.getFileName().toString()).sorted().toList();
        }
    }

    private List<String> archived() throws IOException {
        try (Stream<Path> all = Files.list(directory.resolve(NsqArchive.NAME))) {
            return all.map(p -> p.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void everyChannelGoesOnWithItsOwnQueueAndThenWithTheTopics() throws IOException {
        files.queue("t:a", 100, 120).queue("t:b", 200, 230).queue("t", 300, 310);
        run(metadata(false, "t", "a", "b", "c", "d#ephemeral"));
        assertThat(deliveries("t", "a")).isEqualTo(both(bodies(100, 120), bodies(300, 310)));
        assertThat(deliveries("t", "b")).isEqualTo(both(bodies(200, 230), bodies(300, 310)));
        assertThat(deliveries("t", "c")).isEqualTo(bodies(300, 310));
        TopicState state = log("t").state();
        assertThat(state.channels()).hasSize(3);
        assertThat(state.holdsBack()).isFalse();
        assertThat(state.backlog().unread()).isZero();
        assertThat(state.durability()).isEqualTo(Durability.OS);
        assertThat(log("t").closed).isTrue();
        assertThat(reports)
                .extracting(NsqQueueReport::name, NsqQueueReport::messages)
                .containsExactly(tuple("t:a", 21L), tuple("t:b", 31L), tuple("t", 11L));
    }

    @Test
    void whatATopicHoldsBackStaysWithIt() throws IOException {
        files.queue("t:a", 100, 110).queue("t", 300, 310);
        files.queue("lonely", 400, 420);
        run(metadata(true, "t", "a", "b"));
        TopicState paused = log("t").state();
        assertThat(paused.holdsBack()).isTrue();
        assertThat(log("t").deliveries(paused.backlog())).isEqualTo(bodies(300, 310));
        assertThat(paused.channels().get(0).unread()).isEqualTo(11);
        assertThat(deliveries("t", "b")).isEmpty();
        TopicState lonely = log("lonely").state();
        assertThat(lonely.holdsBack()).isTrue();
        assertThat(lonely.channels()).isEmpty();
        assertThat(log("lonely").deliveries(lonely.backlog())).isEqualTo(bodies(400, 420));
    }

    @Test
    void attemptsAreKept() throws IOException {
        byte[][] parts = new byte[30][];
        for (int i = 0; i < 30; i++) parts[i] = record(message(i, i % 3));
        files.segment("t:a", 0, parts).queue("t:b", 50, 60);
        run(metadata(false, "t"));
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 30; i++) if (i % 3 > 0) expected.add("m-" + i + "/" + i % 3);
        for (int i = 0; i < 30; i += 3) expected.add("m-" + i);
        assertThat(deliveries("t", "a")).isEqualTo(expected);
        assertThat(deliveries("t", "b")).isEqualTo(bodies(50, 60));
    }

    @Test
    void attemptsOfTooManyAreCountedAnew() {
        TestLog log = new TestLog();
        TopicState base =
                new TopicState(
                        0, Durability.MEM, false, TopicImport.nothing(null, log.end()), List.of());
        ChannelName channel = new ChannelName("c");
        TopicImport topic = new TopicImport(log, base, List.of(channel), 2, NOW_NS);
        topic.begin(channel);
        for (int i = 0; i < 5; i++) topic.append(message(i, 9));
        topic.end();
        assertThat(topic.forgottenAttempts()).isEqualTo(3);
        assertThat(log.deliveries(log.state().channels().get(0)))
                .containsExactly("m-0/9", "m-1/9", "m-2", "m-3", "m-4");
    }

    @Test
    void anIdIsKeptAndATimeThatIsNoneIsNot() throws IOException {
        MessageId id = MessageId.of("0123456789abcdef");
        files.segment(
                "t:c",
                0,
                record(new Message(id, NOW_NS - 5, 0, Bytes.utf8("past"))),
                record(new Message(id, Long.MAX_VALUE, 0, Bytes.utf8("future"))),
                record(new Message(id, -1, 0, Bytes.EMPTY)));
        run(Metadata.EMPTY);
        List<LogEntry.Message> written =
                log("t").entries.values().stream()
                        .filter(LogEntry.Message.class::isInstance)
                        .map(LogEntry.Message.class::cast)
                        .toList();
        assertThat(written).extracting(LogEntry.Message::id).containsOnly(id);
        assertThat(written)
                .extracting(LogEntry.Message::timestampNs)
                .containsExactly(NOW_NS - 5, NOW_NS, 0L);
        assertThat(written)
                .allSatisfy(m -> assertThat(m.dueNs()).isLessThanOrEqualTo(m.timestampNs()));
        assertThat(log("t").state().atNs()).isEqualTo(NOW_NS);
    }

    @Test
    void aLogThatHasMessagesGetsMore() throws IOException {
        files.queue("t:a", 1, 10).queue("t:b", 20, 29);
        run(metadata(false, "t", "a", "b"));
        states.put(new TopicName("t"), log("t").state());
        files.queue("t:a", 30, 39).queue("t:b", 40, 49).queue("t:new", 50, 59).queue("t", 60, 69);
        run(metadata(false, "t", "a", "b"));
        List<String> own = bodies(60, 69);
        assertThat(deliveries("t", "a")).isEqualTo(both(both(bodies(1, 10), bodies(30, 39)), own));
        assertThat(deliveries("t", "b")).isEqualTo(both(both(bodies(20, 29), bodies(40, 49)), own));
        assertThat(deliveries("t", "new")).isEqualTo(both(bodies(50, 59), own));
    }

    @Test
    void filesAreMovedAndNothingElseIs() throws IOException {
        files.queue("t", 1, 2).positions("idle:c", "0\n0,0\n0,0\n");
        Files.writeString(directory.resolve("nsqd.dat"), "{}");
        Files.writeString(directory.resolve("t.diskqueue.000009.dat.bad"), "x");
        byte[] before = Files.readAllBytes(files.segment("t", 0));
        run(Metadata.EMPTY);
        assertThat(left()).containsExactly("nsq-imported", "nsqd.dat");
        assertThat(archived())
                .containsExactly(
                        "idle:c.diskqueue.meta.dat",
                        "t.diskqueue.000000.dat",
                        "t.diskqueue.000009.dat.bad",
                        "t.diskqueue.meta.dat");
        assertThat(directory.resolve(NsqArchive.NAME).resolve("t.diskqueue.000000.dat"))
                .hasBinaryContent(before);
        assertThat(logs).containsOnlyKeys(new TopicName("t"));
        assertThat(new NsqImport(directory, MAX_MESSAGE_SIZE).isEmpty()).isTrue();
        files.queue("t", 3, 4);
        run(Metadata.EMPTY);
        assertThat(archived()).contains("t.diskqueue.000000.dat.1", "t.diskqueue.meta.dat.1");
    }

    @Test
    void topicsAndChannelsThatHaveMessagesAreAddedToTheMetadata() throws IOException {
        files.queue("known", 1, 1).queue("known:more", 1, 1).queue("lost:c", 1, 1);
        files.positions("gone:c", "0\n0,0\n0,0\n");
        Metadata complete = run(metadata(true, "known", "has"));
        assertThat(complete)
                .isEqualTo(
                        new Metadata(
                                List.of(
                                        metadata(true, "known", "has", "more").topics().get(0),
                                        metadata(false, "lost", "c").topics().get(0))));
    }

    @Test
    void withoutFilesThereIsNothingToDo() throws IOException {
        NsqImport none = new NsqImport(directory, MAX_MESSAGE_SIZE);
        assertThat(none.isEmpty()).isTrue();
        run(Metadata.EMPTY);
        assertThat(left()).isEmpty();
    }

    @Test
    void anImportThatWasCutShortIsDoneAgainFromTheStart() throws IOException {
        byte[] large = new byte[400_000];
        byte[][] parts = new byte[6][];
        for (int i = 0; i < 6; i++) {
            parts[i] = record(new Message(MessageId.ofGuid(i), i, 0, Bytes.wrap(large)));
        }
        files.segment("t:a", 0, records(1, 10)).segment("t:b", 0, parts);
        logs.put(new TopicName("t"), new TestLog());
        log("t").room = 12;
        assertThatThrownBy(() -> run(metadata(false, "t", "a", "b")))
                .isInstanceOf(StartException.class)
                .hasMessage(
                        "cannot import NSQ's files of t:b, which stay where they are:"
                                + " the disk is full");
        assertThat(left()).contains("t:a.diskqueue.000000.dat", "t:b.diskqueue.000000.dat");
        assertThat(archived()).containsExactly("t.importing");
        log("t").room = 100;
        states.put(new TopicName("t"), log("t").state());
        run(metadata(false, "t", "a", "b"));
        assertThat(deliveries("t", "a")).isEqualTo(bodies(1, 10));
        assertThat(deliveries("t", "b")).hasSize(6);
        assertThat(archived())
                .containsExactly("t:a.diskqueue.000000.dat", "t:b.diskqueue.000000.dat");
    }

    @Test
    void filesOfATopicThatIsDoneAreOnlyMoved() throws IOException {
        files.queue("t", 1, 5);
        NsqArchive archive = new NsqArchive(directory);
        archive.open();
        archive.nowImporting(new TopicName("t"));
        archive.nowImported(new TopicName("t"));
        run(Metadata.EMPTY);
        assertThat(logs).isEmpty();
        assertThat(reports).isEmpty();
        assertThat(archived()).containsExactly("t.diskqueue.000000.dat", "t.diskqueue.meta.dat");
    }
}
