package io.sluice.client.tools;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.client.Daemons;
import io.sluice.client.Producer;
import io.sluice.client.ProducerOptions;
import io.sluice.daemon.LogFormat;
import io.sluice.daemon.LogLevel;
import io.sluice.daemon.Running;
import io.sluice.daemon.ToolFlags;
import io.sluice.protocol.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** nsq_tail on daemons in this JVM. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TailTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final ByteArrayOutputStream asked = new ByteArrayOutputStream();
    private final Deque<Runnable> cleanup = new ArrayDeque<>();
    private ToolFlags<TailOptions> flags;

    @TempDir Path folder;

    @BeforeEach
    void quiet() {
        LogFormat.level("io.sluice.client", LogLevel.FATAL);
    }

    @AfterEach
    void stop() {
        cleanup.forEach(Runnable::run);
    }

    private Running started(Running running) {
        cleanup.push(running::stop);
        return running;
    }

    private Running nsqd(String... more) throws IOException {
        List<String> words = new ArrayList<>(List.of(more));
        words.add("--broadcast-address=127.0.0.1");
        // A test may have several.
        words.add("--data-path=" + Files.createTempDirectory(folder, "nsqd"));
        return started(Daemons.nsqd(words.toArray(String[]::new)));
    }

    private Running lookupd() {
        return started(Daemons.lookupd());
    }

    private static void publish(Running nsqd, String topic, String... bodies) {
        ProducerOptions options = ProducerOptions.builder().nsqd(nsqd.tcp().toString()).build();
        try (Producer producer = new Producer(options)) {
            for (String body : bodies) producer.publish(topic, Bytes.utf8(body)).join();
        }
    }

    private TailOptions options(String... words) {
        flags =
                new ToolFlags<>(
                        "nsq_tail",
                        TailOptions::new,
                        new PrintStream(asked, true, UTF_8),
                        new PrintStream(err, true, UTF_8));
        return flags.read(words).orElse(null);
    }

    private Tail tail(OutputStream out, String... words) {
        Tail tail = Tail.start(options(words), out);
        cleanup.push(tail::stop);
        return tail;
    }

    private static String stats(Running nsqd, String more) throws IOException {
        return get(nsqd, "/stats?include_mem=false" + more);
    }

    private static String get(Running daemon, String uri) throws IOException {
        try (InputStream in = URI.create("http://" + daemon.http() + uri).toURL().openStream()) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    private static void awaitTopics(Running lookupd, String... topics) throws IOException {
        String known = get(lookupd, "/nodes");
        while (!Stream.of(topics).map(topic -> '"' + topic + '"').allMatch(known::contains)) {
            known = get(lookupd, "/nodes");
        }
    }

    @Test
    void itPrintsEachMessageOnALineAndEndsBehindTheNth() throws IOException {
        Running nsqd = nsqd();
        publish(nsqd, "t", "one", "two", "three");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Tail tail = tail(out, "--topic=t", "--channel=c", "-n", "2", address(nsqd));
        tail.ended().join();
        tail.stop();
        assertThat(out.toString(UTF_8)).isEqualTo("one\ntwo\n");
        assertThat(printed(2, nsqd)).containsExactlyInAnyOrder("two", "three");
    }

    /** The next messages of channel c of topic t. */
    private String[] printed(int n, Running nsqd) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        tail(out, "--topic=t", "--channel=c", "-n", "" + n, address(nsqd)).ended().join();
        return out.toString(UTF_8).split("\n");
    }

    @Test
    void itFindsDaemonsAtLookupNodesAndNamesTopics() throws IOException {
        Running lookupd = lookupd();
        Running nsqd = nsqd("--lookupd-tcp-address=" + lookupd.tcp());
        publish(nsqd, "a", "x");
        publish(nsqd, "b", "y");
        awaitTopics(lookupd, "a", "b");
        try (PipedInputStream in = new PipedInputStream()) {
            tail(
                    new PipedOutputStream(in),
                    "--topic=a",
                    "--topic=b",
                    "--topic=a",
                    "--print-topic",
                    "--lookupd-http-address=" + lookupd.http());
            String both = new String(in.readNBytes("a | x\nb | y\n".length()), UTF_8);
            assertThat(both.split("\n")).containsExactlyInAnyOrder("a | x", "b | y");
        }
        assertThat(stats(nsqd, "&topic=a")).containsPattern("\\[tail\\d{6}#ephemeral *]");
    }

    @Test
    void whatIsPrintedIsFinishedWhenItStops() throws IOException {
        Running nsqd = nsqd();
        publish(nsqd, "t", "one");
        try (PipedInputStream in = new PipedInputStream()) {
            Tail tail = tail(new PipedOutputStream(in), "--topic=t", "--channel=c", address(nsqd));
            assertThat(new String(in.readNBytes(4), UTF_8)).isEqualTo("one\n");
            tail.stop();
            assertThat(tail.ended()).isNotDone();
        }
        assertThat(stats(nsqd, "")).contains("depth: 0").contains("inflt: 0");
    }

    @Test
    void aDaemonThatWasNamedAndIsNotThereEndsIt() throws IOException {
        Running gone = nsqd();
        gone.stop();
        Tail tail = tail(new ByteArrayOutputStream(), "--topic=t", address(gone));
        assertThatThrownBy(() -> tail.ended().join())
                .isInstanceOf(CompletionException.class)
                .hasRootCauseMessage("Connection refused")
                .hasMessageContaining("cannot connect to " + gone.tcp());
    }

    @Test
    void anOutputThatNobodyReadsEndsIt() throws IOException {
        Running nsqd = nsqd();
        publish(nsqd, "t", "one");
        OutputStream closed =
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException("Broken pipe");
                    }
                };
        Tail tail = tail(closed, "--topic=t", "--channel=c", address(nsqd));
        assertThatThrownBy(() -> tail.ended().join())
                .hasMessageContaining("cannot write the output: Broken pipe");
        tail.stop();
        assertThat(printed(1, nsqd)).containsExactly("one");
    }

    private static String address(Running nsqd) {
        return "--nsqd-tcp-address=" + nsqd.tcp();
    }

    @ParameterizedTest
    @CsvSource({
        "'', --nsqd-tcp-address or --lookupd-http-address required",
        "--topic=t --nsqd-tcp-address=a:1 --lookupd-http-address=b:1,"
                + " use --nsqd-tcp-address or --lookupd-http-address not both",
        "--nsqd-tcp-address=a:1, --topic required",
        "--nsqd-tcp-address=a:1 --topic=t --max-in-flight=0,"
                + " '--max-in-flight must be 1 to 1000000, not 0'",
        "--nsqd-tcp-address=a --topic=t, not host:port: a"
    })
    void badValuesAreNamed(String words, String why) {
        TailOptions options = options(words.isEmpty() ? new String[0] : words.split(" "));
        assertThatThrownBy(() -> Tail.start(options, new ByteArrayOutputStream()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(why);
    }

    @Test
    void aBadNameIsRefused() {
        TailOptions options = options("--topic=b@d", "--nsqd-tcp-address=a:1");
        assertThatThrownBy(() -> Tail.start(options, new ByteArrayOutputStream()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("b@d");
    }

    @Test
    void flagsThatCannotBeReadEndWithTwoAndTheUsage() {
        assertThat(options("--nope")).isNull();
        assertThat(flags.exitCode()).isEqualTo(2);
        assertThat(err.toString(UTF_8))
                .startsWith("flag provided but not defined: --nope\nUsage of nsq_tail:\n")
                .contains(
                        "  --max-in-flight int\n    \tmessages to ask for at a time (default 200)");
    }

    @Test
    void anOptionThatDoesNotGoEndsWithTwo() {
        assertThat(options("--consumer-opt=nope")).isNull();
        assertThat(flags.exitCode()).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("there is no option 'nope'");
    }

    @Test
    void theVersionAndTheUsageAreNoFailure() {
        assertThat(options("--version")).isNull();
        assertThat(flags.exitCode()).isZero();
        assertThat(asked.toString(UTF_8)).matches("nsq_tail v1\\.3\\.0\\+sluice\\S*\n");
        assertThat(err.size()).isZero();
        assertThat(options("-h")).isNull();
        assertThat(flags.exitCode()).isZero();
        assertThat(err.toString(UTF_8)).startsWith("Usage of nsq_tail:\n");
    }
}
