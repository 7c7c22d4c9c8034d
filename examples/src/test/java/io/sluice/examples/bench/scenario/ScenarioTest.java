package io.sluice.examples.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sluice.daemon.HostAndPort;
import io.sluice.daemon.Running;
import io.sluice.examples.bench.daemon.LocalDaemons;
import io.sluice.examples.bench.daemon.Nsqd;
import io.sluice.examples.bench.daemon.Sink;
import io.sluice.examples.bench.daemon.Target;
import io.sluice.examples.bench.daemon.Where;
import io.sluice.examples.bench.measure.Figure;
import io.sluice.examples.bench.wire.BenchException;
import io.sluice.examples.bench.wire.PublishForm;
import io.sluice.examples.bench.wire.Publishing;
import io.sluice.protocol.TopicName;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every scenario once, in short, against a real daemon: all messages counted, none checked for
 * speed.
 */
class ScenarioTest {
    private static final Limit SHORT = new Limit(Duration.ofMillis(100), 20_000);
    private static final Catalogue CATALOGUE = new Catalogue(0, 0, 250, Path.of("target"));
    private static final LocalDaemons DAEMONS = new LocalDaemons();

    private static Running running;
    private static Target nsqd;

    @BeforeAll
    static void start() {
        running = DAEMONS.nsqd("--mem-queue-size=100000");
        nsqd = target(running);
    }

    @AfterAll
    static void stop() {
        DAEMONS.close();
    }

    static List<Scenario> ofDaemons() {
        return CATALOGUE.ofDaemons();
    }

    static List<Scenario> ofSelf() {
        return CATALOGUE.ofSelf();
    }

    @ParameterizedTest
    @MethodSource("ofDaemons")
    void everyMessageIsCountedAndNothingIsLeft(Scenario scenario) throws Exception {
        List<Figure> figures = scenario.run(nsqd, SHORT);

        assertThat(figures).filteredOn(figure -> figure.value() > 0).isNotEmpty();
        assertThat(stats()).contains("\"topics\":[]");
    }

    static List<Scenario> ofMemory() {
        return List.of(
                new IdleScenario("topics", 20, 1, Duration.ofMillis(50)),
                new IdleScenario("idle-consumers", 1, 120, Duration.ofMillis(50)),
                new UnreadScenario("unread", 200));
    }

    @ParameterizedTest
    @MethodSource("ofMemory")
    @EnabledOnOs(OS.LINUX)
    void memoryIsMeasuredAndNothingIsLeft(Scenario scenario) throws Exception {
        List<Figure> figures = scenario.run(nsqd, SHORT);

        assertThat(figures)
                .filteredOn(figure -> figure.name().startsWith("resident "))
                .hasSize(2)
                .allMatch(figure -> figure.value() > 1);
        assertThat(stats()).contains("\"topics\":[]");
    }

    @Test
    void whatWouldFillTheMemoryIsPublishedInRounds() throws Exception {
        Publishing publishing = new Publishing(PublishForm.COMMAND, 1, 1, 1, 20);
        Scenario scenario = new PublishScenario("rounds", publishing, 100 * 20);
        Limit limit = new Limit(Duration.ofHours(1), 250);
        int before = topicsMade();

        try (Sink sink = new Sink()) {
            scenario.run(sink, limit);
        }

        assertThat(topicsMade() - before - 1).isEqualTo(3);
    }

    private static int topicsMade() {
        String name = Run.newTopic().toString();
        return Integer.parseInt(name.substring(name.lastIndexOf('.') + 1));
    }

    static List<Scenario> ofDisk() {
        return CATALOGUE.ofDisk();
    }

    static List<Scenario> ofLevels() {
        return CATALOGUE.ofLevels();
    }

    @ParameterizedTest
    @MethodSource("ofDisk")
    void aDaemonWithoutMemoryKeepsEveryMessage(Scenario scenario) throws Exception {
        try (LocalDaemons daemons = new LocalDaemons()) {
            List<Figure> figures = scenario.run(target(daemons.nsqd("--mem-queue-size=0")), SHORT);

            assertThat(figures.get(0).value()).isPositive();
        }
    }

    @ParameterizedTest
    @MethodSource("ofLevels")
    void everyLevelIsMeasured(Scenario scenario) throws Exception {
        List<Figure> figures = scenario.run(nsqd, SHORT);

        assertThat(figures.get(0).value()).isPositive();
    }

    @ParameterizedTest
    @MethodSource("ofSelf")
    void theSinkAcknowledgesEveryMessage(Scenario scenario) throws Exception {
        try (Sink sink = new Sink()) {
            List<Figure> figures = scenario.run(sink, SHORT);

            assertThat(figures.get(0).value()).isPositive();
            assertThat(figures.get(1).value()).isNaN();
        }
    }

    @Test
    void aBacklogThatIsNotOnTheDiskIsNoticed() {
        assertThatExceptionOfType(BenchException.class)
                .isThrownBy(() -> CATALOGUE.ofDisk().get(0).run(nsqd, SHORT))
                .withMessageStartingWith("nothing of the backlog is on the disk")
                .withMessageContaining("--mem-queue-size=0");
    }

    @Test
    void aBacklogOfAnotherLengthIsNoticed() throws Exception {
        try (Sink sink = new Sink()) {
            assertThatExceptionOfType(BenchException.class)
                    .isThrownBy(() -> sink.awaitBacklog(new TopicName("t"), 1, Where.ANYWHERE))
                    .withMessage("the sink acknowledged 0 messages, expected 1");
        }
    }

    @Test
    void aDaemonThatRefusesAMessageFailsTheRun() {
        try (LocalDaemons daemons = new LocalDaemons()) {
            Target small = target(daemons.nsqd("--max-msg-size=50"));

            assertThatExceptionOfType(BenchException.class)
                    .isThrownBy(() -> CATALOGUE.ofDaemons().get(1).run(small, SHORT))
                    .withMessageContaining("E_BAD_MESSAGE PUB message too big 100 > 50");
        }
    }

    @Test
    void fewerMessagesThanOneCommandForEachConnectionAreRefused() {
        assertThatExceptionOfType(BenchException.class)
                .isThrownBy(
                        () -> CATALOGUE.ofDaemons().get(0).run(nsqd, new Limit(Duration.ZERO, 399)))
                .withMessageStartingWith("399 messages are too few")
                .withMessageEndingWith("400");
    }

    private static String stats() throws Exception {
        URI uri = URI.create("http://" + running.http() + "/stats?format=json");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
    }

    private static Target target(Running running) {
        HostAndPort tcp = running.tcp();
        return new Nsqd(
                new InetSocketAddress(tcp.host(), tcp.port()),
                running.http(),
                Optional.of(ProcessHandle.current()));
    }
}
