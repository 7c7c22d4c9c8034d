package io.sluice.nsqd.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.nsqd.blackbox.TestClient;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.Command;
import io.sluice.protocol.Frame;
import io.sluice.protocol.Message;
import io.sluice.protocol.TopicName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A disk that is full: publishers are told so, everything else goes on, and nothing that was
 * acknowledged is lost.
 */
@Tag("crash")
class FullDiskTest {
    private static final TopicName TOPIC = new TopicName("t");
    private static final ChannelName CHANNEL = new ChannelName("c");
    private static final int FILLER = 100_000;
    private static final int HELD = 3;

    /** More than the disk can hold. */
    private static final int TOO_MANY = 1_000;

    @RegisterExtension final Home home = new Home();

    /** Messages that have been acknowledged and not been finished. */
    private final Set<String> owed = new TreeSet<>();

    private SmallDisk disk;
    private int count;

    @BeforeEach
    void mount() {
        disk = SmallDisk.mountAt(home.dataPath());
    }

    @AfterEach
    void unmount() {
        home.killAll();
        if (disk != null) disk.close();
    }

    /** Everything goes to the disk, at every level. */
    private NsqdProcess start(String level) {
        return home.start(
                "--durability=" + level,
                "--mem-queue-size=0",
                "--max-bytes-per-file=4194304",
                "--min-free-disk=8388608",
                "--msg-timeout=10m");
    }

    private static void createTopic(NsqdProcess nsqd) {
        nsqd.api().createTopic(TOPIC);
        nsqd.api().createChannel(TOPIC, CHANNEL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mem", "os", "fsync"})
    void itFillsTheDiskAndGoesOnWhenItsBacklogIsConsumed(String level) {
        NsqdProcess nsqd = start(level);
        createTopic(nsqd);
        publish(nsqd, HELD);
        try (TestClient consumer = nsqd.connect()) {
            List<Message> held = hold(consumer);
            publishUntilRefused(nsqd);
            expectFull(nsqd);
            expectAnswersToCount(consumer, held);
            consumer.send(new Command.Rdy(TOO_MANY));
            while (owed.size() > HELD) finish(consumer, consumer.message());
        }
        expectRoom(nsqd);
        publish(nsqd, 10);
        nsqd.kill();
        expectAllThatIsOwed(start(level));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mem", "os", "fsync"})
    void anotherFillsTheDiskAndMakesRoomAgain(String level) throws IOException {
        NsqdProcess nsqd = start(level);
        createTopic(nsqd);
        publish(nsqd, 100);
        try (TestClient consumer = nsqd.connect()) {
            List<Message> held = hold(consumer);
            disk.fill();
            publishUntilRefused(nsqd);
            expectFull(nsqd);
            expectAnswersToCount(consumer, held);
        }
        disk.makeRoom();
        expectRoom(nsqd);
        publish(nsqd, 10);
        nsqd.kill();
        expectAllThatIsOwed(start(level));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mem", "os", "fsync"})
    void itStartsOnAFullDisk(String level) throws IOException {
        NsqdProcess nsqd = start(level);
        createTopic(nsqd);
        publish(nsqd, 100);
        disk.fill();
        publishUntilRefused(nsqd);
        nsqd.kill();

        NsqdProcess next = start(level);
        publishUntilRefused(next);
        expectFull(next);
        disk.makeRoom();
        expectRoom(next);
        publish(next, 10);
        expectAllThatIsOwed(next);
    }

    private void publish(NsqdProcess nsqd, int messages) {
        try (TestClient publisher = nsqd.connect()) {
            for (int i = 0; i < messages; i++) {
                assertThat(publish(publisher)).isEqualTo(Frame.OK);
            }
        }
    }

    private Frame publish(TestClient publisher) {
        String name = String.format("%05d", ++count);
        Frame answer = publisher.send(new Command.Pub(TOPIC, Body.of(name, FILLER))).next();
        if (answer.equals(Frame.OK)) owed.add(name);
        return answer;
    }

    private void publishUntilRefused(NsqdProcess nsqd) {
        try (TestClient publisher = nsqd.connect()) {
            for (int i = 0; i < TOO_MANY; i++) {
                if (publish(publisher) instanceof Frame.Error error) {
                    assertThat(error.data().utf8()).startsWith("E_PUB_FAILED ");
                    publisher.expectClosed();
                    return;
                }
            }
        }
        throw new AssertionError("none of " + TOO_MANY + " messages was refused");
    }

    /** Takes so many messages that no more come. */
    private static List<Message> hold(TestClient consumer) {
        consumer.subscribe(TOPIC, CHANNEL, HELD);
        List<Message> held = new ArrayList<>();
        for (int i = 0; i < HELD; i++) held.add(consumer.message());
        return held;
    }

    private static void expectFull(NsqdProcess nsqd) {
        String body = "x".repeat(FILLER);
        assertThat(nsqd.api().post("/pub?topic=" + TOPIC, body).status()).isEqualTo(503);
        assertThat(nsqd.api().post("/mpub?topic=" + TOPIC, body).status()).isEqualTo(503);
        Api.Answer ping = nsqd.api().get("/ping");
        assertThat(ping.status()).isEqualTo(500);
        assertThat(ping.body()).startsWith("NOK");
    }

    /** TOUCH, FIN and REQ: two slots become free, and are filled. */
    private void expectAnswersToCount(TestClient consumer, List<Message> held) {
        consumer.send(new Command.Touch(held.get(0).id()));
        finish(consumer, held.get(1));
        consumer.send(new Command.Req(held.get(2).id(), 0));
        consumer.message();
        consumer.message();
        consumer.expectQuiet();
    }

    private void finish(TestClient consumer, Message message) {
        consumer.finish(message);
        owed.remove(Body.name(message.body()));
    }

    private void expectRoom(NsqdProcess nsqd) {
        Await.that(
                () -> "it publishes again: " + nsqd.api().get("/ping"),
                () -> {
                    String name = String.format("%05d", ++count);
                    String body = Body.of(name, FILLER).utf8();
                    Api.Answer answer = nsqd.api().post("/pub?topic=" + TOPIC, body);
                    if (answer.status() == 200) owed.add(name);
                    return answer.status() == 200;
                });
        assertThat(nsqd.api().get("/ping")).isEqualTo(new Api.Answer(200, "OK"));
    }

    /** Others may come too: finished ones, and those of which nobody knows what became. */
    private void expectAllThatIsOwed(NsqdProcess nsqd) {
        List<Message> came = Drain.all(nsqd, TOPIC, CHANNEL);
        Set<String> names = came.stream().map(m -> Body.name(m.body())).collect(Collectors.toSet());
        Set<String> lost = new TreeSet<>(owed);
        lost.removeAll(names);
        assertThat(lost).as("%d of %d lost", lost.size(), owed.size()).isEmpty();
    }
}
