package io.sluice.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sproutsocial.nsq.Client;
import com.sproutsocial.nsq.Message;
import com.sproutsocial.nsq.Subscriber;
import io.sluice.client.Consumer;
import io.sluice.client.ConsumerOptions;
import io.sluice.client.Producer;
import io.sluice.client.ProducerOptions;
import io.sluice.daemon.Running;
import io.sluice.protocol.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A log of this machine, each line once to each of three channels, by three clients of which two
 * are not ours, found through two lookup nodes of which one is killed and comes back meanwhile.
 */
@Tag("node")
class RealLogTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PATIENCE_S = 60;
    private static final List<Path> LOGS =
            List.of(Path.of("/var/log/dpkg.log"), Path.of("/var/log/dpkg.log.1"));

    @TempDir Path files;

    private final Cluster cluster = new Cluster();
    private final Client nsqJ = new Client();
    private DaemonProcess stays;
    private DaemonProcess dies;
    private Running nsqd;
    private List<String> lines;

    @BeforeEach
    void start() throws Exception {
        Path log = LOGS.stream().filter(Files::exists).findFirst().orElseThrow();
        lines = Files.readAllLines(log).stream().filter(line -> !line.isEmpty()).toList();
        stays = lookupd("127.0.0.1:0", "127.0.0.1:0");
        dies = lookupd("127.0.0.1:0", "127.0.0.1:0");
        nsqd =
                cluster.nsqd(
                        "--lookupd-tcp-address=" + stays.tcp(),
                        "--lookupd-tcp-address=" + dies.tcp(),
                        "--mem-queue-size=" + lines.size());
        Http.post(api("/topic/create?topic=log"), "");
        for (String channel : List.of("ours", "nsqjs", "nsq-j")) {
            Http.post(api("/channel/create?topic=log&channel=" + channel), "");
        }
        awaitRegistered(stays);
        awaitRegistered(dies);
    }

    @AfterEach
    void stop() throws Exception {
        nsqJ.stop();
        cluster.close();
        stays.close();
        dies.close();
    }

    @Test
    void everyLineReachesEachChannelOnce() throws Exception {
        Queue<String> byOurs = new ConcurrentLinkedQueue<>();
        Queue<String> byNsqJ = new ConcurrentLinkedQueue<>();
        Path output = files.resolve("nsqjs.out");
        Process nsqjs = startNsqjs(output);
        startNsqJ(byNsqJ);
        try (Consumer ours = startOurs(byOurs)) {
            int half = lines.size() / 2;
            publishWithCurl(lines.subList(0, half));
            dies.kill();
            publishWithOurClient(lines.subList(half, lines.size()));
            dies = lookupd(dies.tcp().toString(), dies.http().toString());
            awaitRegistered(dies);

            List<String> byNsqjs = new ArrayList<>();
            for (String line : Node.await(nsqjs, output)) byNsqjs.add(body(JSON.readTree(line)));
            Await.that("all consumed", PATIENCE_S, () -> full(byOurs) && full(byNsqJ));
            Await.that("all finished", PATIENCE_S, this::nothingIsLeft);

            assertThat(checksum(byNsqjs)).isEqualTo(checksum(lines));
            assertThat(checksum(byOurs)).isEqualTo(checksum(lines));
            assertThat(checksum(byNsqJ)).isEqualTo(checksum(lines));
        }
    }

    private static DaemonProcess lookupd(String tcp, String http) throws IOException {
        return new DaemonProcess(
                io.sluice.lookupd.Main.class,
                2,
                "--tcp-address=" + tcp,
                "--http-address=" + http,
                "--broadcast-address=127.0.0.1");
    }

    private boolean full(Collection<String> received) {
        return received.size() >= lines.size();
    }

    private boolean nothingIsLeft() throws Exception {
        JsonNode stats = JSON.readTree(Http.get(api("/stats?format=json&topic=log")));
        for (JsonNode channel : stats.path("topics").path(0).path("channels")) {
            if (channel.path("depth").asInt() + channel.path("in_flight_count").asInt() > 0) {
                return false;
            }
        }
        return true;
    }

    private void publishWithCurl(List<String> some) throws Exception {
        Path body = Files.write(files.resolve("body"), some);
        Process curl =
                new ProcessBuilder(
                                "curl", "-sSf", "--data-binary", "@" + body, api("/mpub?topic=log"))
                        .inheritIO()
                        .start();
        assertThat(curl.waitFor(PATIENCE_S, TimeUnit.SECONDS)).isTrue();
        assertThat(curl.exitValue()).isZero();
    }

    private void publishWithOurClient(List<String> some) {
        ProducerOptions options = ProducerOptions.builder().nsqd(nsqd.tcp().toString()).build();
        try (Producer producer = new Producer(options)) {
            List<CompletableFuture<Void>> answers = new ArrayList<>();
            for (String line : some) answers.add(producer.publish("log", Bytes.utf8(line)));
            CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).join();
        }
    }

    private Consumer startOurs(Queue<String> received) {
        ConsumerOptions options =
                ConsumerOptions.builder("log", "ours")
                        .lookupd(stays.http().toString())
                        .lookupd(dies.http().toString())
                        .lookupPoll(Duration.ofSeconds(1), 0)
                        .build();
        return Consumer.start(options, message -> received.add(message.body().utf8()));
    }

    private void startNsqJ(Queue<String> received) {
        List<String> addresses = lookupdAddresses();
        Subscriber subscriber = new Subscriber(nsqJ, 1, 5, addresses.toArray(String[]::new));
        subscriber.subscribe(
                "log",
                "nsq-j",
                (Message message) -> {
                    received.add(new String(message.getData(), StandardCharsets.UTF_8));
                    message.finish();
                });
    }

    private Process startNsqjs(Path output) throws Exception {
        Map<String, Object> options =
                Map.of(
                        "lookupdHTTPAddresses", lookupdAddresses(),
                        "lookupdPollInterval", 1,
                        "maxInFlight", 100);
        Map<String, Object> task =
                Map.of(
                        "topic", "log",
                        "channel", "nsqjs",
                        "count", lines.size(),
                        "first", "finish",
                        "options", options);
        return Node.start("consumer.js", JSON.writeValueAsString(task), output);
    }

    private List<String> lookupdAddresses() {
        return List.of(stays.http().toString(), dies.http().toString());
    }

    private static void awaitRegistered(DaemonProcess lookupd) throws Exception {
        String url = "http://" + lookupd.http() + "/channels?topic=log";
        Await.that(
                "registered at " + lookupd.http(),
                PATIENCE_S,
                () -> JSON.readTree(Http.get(url)).path("channels").size() == 3);
    }

    private String api(String path) {
        return "http://" + nsqd.http() + path;
    }

    private static String body(JsonNode delivery) {
        byte[] bytes = Base64.getDecoder().decode(delivery.path("body").asText());
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Of all lines in an order of their own, since channels promise none. */
    private static String checksum(Collection<String> received) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        received.stream()
                .sorted()
                .forEach(line -> digest.update((line + "\n").getBytes(StandardCharsets.UTF_8)));
        return received.size() + " lines " + HexFormat.of().formatHex(digest.digest());
    }
}
