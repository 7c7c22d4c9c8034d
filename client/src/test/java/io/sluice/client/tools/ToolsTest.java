package io.sluice.client.tools;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.sluice.daemon.LogLevel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The tools on a daemon of this JVM. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ToolsTest {
    @TempDir static Path dataPath;
    private static ToolRig rig;

    @TempDir Path folder;

    @BeforeAll
    static void start() {
        rig = new ToolRig(dataPath);
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    private ToFile toFile(String... words) {
        ToFileOptions options = ToolRig.options(new ToFileOptions(), words);
        options.logLevel = LogLevel.FATAL;
        options.outputDir = folder.toString();
        options.filenameFormat = "<TOPIC>.log";
        return ToFile.start(options);
    }

    @Test
    void toFileFinishesWhatIsOnTheDisk() throws Exception {
        rig.publish("file", "one", "two");
        ToFile tool = toFile("--topic=file", rig.tcpFlag(), "--sync-interval=20ms");
        ToolRig.await(() -> rig.isDone("file", "nsq_to_file", 2));
        assertThat(Files.readString(folder.resolve("file.log"))).isEqualTo("one\ntwo\n");
        tool.stop();
    }

    @Test
    void toFileSyncsWhenItStops() throws Exception {
        rig.publish("stopped", "one");
        ToFile tool = toFile("--topic=stopped", rig.tcpFlag());
        Path file = folder.resolve("stopped.log");
        ToolRig.await(() -> Files.exists(file) && Files.size(file) > 0);
        assertThat(rig.isDone("stopped", "nsq_to_file", 1)).isFalse();
        tool.stop();
        assertThat(rig.isDone("stopped", "nsq_to_file", 1)).isTrue();
        assertThat(tool.ended()).isNotDone();
    }

    @Test
    void toFileBeginsAFileWhenItIsToldTo() throws Exception {
        ToFile tool = toFile("--topic=hup", rig.tcpFlag(), "--sync-interval=20ms");
        rig.publish("hup", "one");
        ToolRig.await(() -> rig.isDone("hup", "nsq_to_file", 1));
        Path file = folder.resolve("hup.log");
        Path renamed = folder.resolve("hup.1");
        Files.move(file, renamed);
        tool.hangUp();
        rig.publish("hup", "two");
        ToolRig.await(() -> rig.isDone("hup", "nsq_to_file", 2));
        assertThat(Files.readString(renamed)).isEqualTo("one\n");
        assertThat(Files.readString(file)).isEqualTo("two\n");
        tool.stop();
    }

    @Test
    void toFileFindsTopicsThatComeLater() throws Exception {
        ToFile tool =
                toFile(
                        "--topic-pattern=^found",
                        "--topic-refresh=20ms",
                        "--sync-interval=20ms",
                        "--consumer-opt=lookupd_poll_interval,50ms",
                        "--lookupd-http-address=" + rig.lookupd.http());
        rig.publish("found_it", "one");
        rig.publish("not_found", "two");
        ToolRig.await(() -> rig.isDone("found_it", "nsq_to_file", 1));
        tool.stop();
        assertThat(folder.toFile().list()).containsExactly("found_it.log");
    }

    @Test
    void toFileEndsWhenItCannotWrite() throws IOException {
        Files.createDirectory(folder.resolve("blocked.log"));
        rig.publish("blocked", "one");
        ToFile tool = toFile("--topic=blocked", rig.tcpFlag());
        assertThatThrownBy(() -> tool.ended().join())
                .hasMessageContaining("cannot write topic blocked");
        tool.stop();
        assertThat(rig.isDone("blocked", "nsq_to_file", 1)).isFalse();
    }

    /** A web server that tells what it is asked, and answers its first request with 500. */
    private static HttpServer server(BlockingQueue<String> asked) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        AtomicInteger count = new AtomicInteger();
        server.createContext(
                "/",
                exchange -> {
                    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
                    asked.add(
                            exchange.getRequestMethod()
                                    + " "
                                    + exchange.getRequestURI()
                                    + " "
                                    + exchange.getRequestHeaders().getFirst("X-Test")
                                    + " "
                                    + exchange.getRequestHeaders().getFirst("Content-Type")
                                    + " "
                                    + body);
                    exchange.sendResponseHeaders(count.getAndIncrement() == 0 ? 500 : 200, -1);
                    exchange.close();
                });
        server.start();
        return server;
    }

    private List<String> asked(String topic, String... words) throws Exception {
        BlockingQueue<String> asked = new LinkedBlockingQueue<>();
        HttpServer server = server(asked);
        rig.publish(topic, "m 0&", "m 0&");
        ToHttpOptions options = ToolRig.options(new ToHttpOptions(), words);
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        options.topic = topic;
        options.posts.replaceAll(path -> url + path);
        options.gets.replaceAll(path -> url + path);
        ToHttp tool = ToHttp.start(options);
        try {
            ToolRig.await(() -> rig.isDone(topic, "nsq_to_http", 2));
        } finally {
            tool.stop();
            server.stop(0);
        }
        return List.copyOf(asked);
    }

    private static final String[] RETRY_SOON = {
        "--consumer-opt=default_requeue_delay,10ms", "--consumer-opt=backoff_multiplier,1ms"
    };

    @Test
    void toHttpPostsAndTriesAgainWhatFailed() throws Exception {
        List<String> asked =
                asked(
                        "post",
                        rig.tcpFlag(),
                        "--post=/p",
                        "--header=X-Test:  a b ",
                        "--content-type=text/x",
                        RETRY_SOON[0],
                        RETRY_SOON[1]);
        assertThat(asked).hasSize(3).containsOnly("POST /p a b text/x m 0&");
    }

    @Test
    void toHttpGetsWithTheMessageInTheUrl() throws Exception {
        List<String> asked =
                asked("get", rig.tcpFlag(), "--get=/g?m=%s", RETRY_SOON[0], RETRY_SOON[1]);
        assertThat(asked).hasSize(3).containsOnly("GET /g?m=m+0%26 null null ");
    }

    @Test
    void toHttpDropsWhatIsNotInTheSample() throws Exception {
        assertThat(asked("sample", rig.tcpFlag(), "--post=/p", "--sample=0")).isEmpty();
    }

    @Test
    void toNsqPublishesWhatPassesTheFilter() throws Exception {
        rig.publish("from", "{\"a\": 1, \"b\": 2}", "no json", "{\"b\": 3}", "{\"a\": 4}");
        ToNsqd tool =
                ToNsqd.start(
                        ToolRig.options(
                                new ToNsqdOptions(),
                                rig.tcpFlag(),
                                "--topic=from",
                                "--destination-topic=to",
                                "--destination-nsqd-tcp-address=" + rig.nsqd.tcp(),
                                "--require-json-field=a",
                                "--whitelist-json-field=a"));
        ToolRig.await(() -> rig.isDone("from", "nsq_to_nsq", 4));
        tool.stop();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Tail tail =
                Tail.start(
                        ToolRig.options(new TailOptions(), rig.tcpFlag(), "--topic=to", "--n=2"),
                        out);
        tail.ended().join();
        tail.stop();
        assertThat(out.toString(UTF_8).lines()).containsExactlyInAnyOrder("{\"a\":1}", "{\"a\":4}");
    }

    @Test
    void standardInputIsPublishedInOrder() {
        StdinPublisher tool =
                StdinPublisher.start(
                        ToolRig.options(new ToNsqOptions(), rig.tcpFlag(), "--topic=stdin"),
                        ToolRig.input("one\n\ntwo\nthree"));
        tool.ended().join();
        tool.stop();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Tail tail =
                Tail.start(
                        ToolRig.options(new TailOptions(), rig.tcpFlag(), "--topic=stdin", "--n=3"),
                        out);
        tail.ended().join();
        tail.stop();
        assertThat(out.toString(UTF_8)).isEqualTo("one\ntwo\nthree\n");
    }

    @Test
    void aPublishThatFailsEndsIt() {
        StdinPublisher tool =
                StdinPublisher.start(
                        ToolRig.options(
                                new ToNsqOptions(),
                                "--nsqd-tcp-address=127.0.0.1:1",
                                "--topic=stdin"),
                        ToolRig.input("one\ntwo\n"));
        assertThatThrownBy(() -> tool.ended().join())
                .hasMessageContaining("cannot connect to 127.0.0.1:1");
        tool.stop();
    }

    @Test
    void statPrintsALinePerInterval() throws IOException {
        rig.publish("stat", "one");
        Tail tail =
                Tail.start(
                        ToolRig.options(
                                new TailOptions(),
                                rig.tcpFlag(),
                                "--topic=stat",
                                "--channel=c",
                                "--n=1"),
                        new ByteArrayOutputStream());
        tail.ended().join();
        tail.stop();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Stat stat =
                Stat.start(
                        ToolRig.options(
                                new StatOptions(),
                                "--topic=stat",
                                "--channel=c",
                                "--interval=10ms",
                                "--count=2",
                                "--nsqd-http-address=" + rig.nsqd.http()),
                        new PrintStream(out, true, UTF_8));
        stat.ended().join();
        stat.stop();
        List<String> lines = out.toString(UTF_8).lines().toList();
        assertThat(lines).hasSize(4);
        assertThat(lines.get(3)).matches(" {6}0 {7}0 \\|( +\\d){5} \\|( +\\d){2} {12}1 {7}0");
    }

    @Test
    void statEndsWhenThereIsNoSuchChannel() {
        Stat stat =
                Stat.start(
                        ToolRig.options(
                                new StatOptions(),
                                "--topic=nowhere",
                                "--channel=c",
                                "--lookupd-http-address=" + rig.lookupd.http()),
                        System.out);
        assertThatThrownBy(() -> stat.ended().join()).hasMessageContaining("TOPIC_NOT_FOUND");
        stat.stop();
    }
}
