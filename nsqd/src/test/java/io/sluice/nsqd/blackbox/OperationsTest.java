package io.sluice.nsqd.blackbox;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.protocol.Bytes;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.Command;
import io.sluice.protocol.TopicName;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody can do who runs the daemon: {@code /config}, {@code /debug}, {@code /metrics}. */
@OwnDaemonOnly("needs --http-address, and has paths that NSQ has not")
class OperationsTest {
    private static final Pattern SAMPLE =
            Pattern.compile(
                    "[a-z0-9_]+(\\{([a-z_]+=\"[^\"]*\",?)+})? (-?\\d+(\\.\\d+)?(E-?\\d+)?|NaN)");

    private static OwnNsqd nsqd;

    @BeforeAll
    static void start() {
        nsqd = OwnNsqd.start("--e2e-processing-latency-percentile=0.99,1", "--max-msg-size=100");
    }

    @AfterAll
    static void stop() {
        nsqd.close();
    }

    private static String get(String target) {
        return Curl.get(nsqd.http(), target);
    }

    private static String curl(String words) {
        return Curl.run(nsqd.http(), words);
    }

    @ParameterizedTest
    @CsvSource({
        "max_msg_timeout,                     900000000000",
        "deflate,                             true",
        "lookupd_tcp_address,                 '{\"message\":\"INVALID_OPTION\"}'",
        "nsqlookupd_tcp_addresses,            []",
        "e2e_processing_latency_percentiles,  '[1,0.99]'",
        "log_level,                           4",
        "log_prefix,                          '[nsqd] '",
        "auth_http_request_method,            get",
        "tls_cert,                            ''",
        "version,                             '{\"message\":\"INVALID_OPTION\"}'"
    })
    void anOptionIsToldUnderItsKey(String key, String value) {
        assertThat(get("/config/" + key)).isEqualTo(value);
    }

    @Test
    void theLogLevelIsChangedByAWordInAnyCase() {
        assertThat(curl("-X PUT -d FATAL x/config/log_level")).isEqualTo("5");
        assertThat(curl("-X PUT -d error x/config/log_level")).isEqualTo("4");
    }

    @Test
    void aLimitHoldsForConnectionsThatAreMadeThen() {
        try (TestClient before = nsqd.connect()) {
            assertThat(curl("-X PUT -d 5 x/config/max_rdy_count")).isEqualTo("5");
            TopicName topic = new TopicName("limited");
            before.subscribe(topic, new ChannelName("c"), 100).expectQuiet();
            try (TestClient after = nsqd.connect()) {
                after.subscribe(topic, new ChannelName("c"), 0)
                        .write("RDY 6\n")
                        .expectFatal("E_INVALID RDY count 6 out of range 0-5");
            }
        }
        assertThat(curl("-X PUT -d 2500 x/config/max_rdy_count")).isEqualTo("2500");
    }

    @Test
    void aLimitOfBodiesHoldsAtOnce() {
        assertThat(curl("-X PUT -d 200 x/config/max_msg_size")).isEqualTo("200");
        assertThat(curl("-d " + "m".repeat(150) + " x/pub?topic=larger")).isEqualTo("OK");
        assertThat(curl("-X PUT -d 100 x/config/max_msg_size")).isEqualTo("100");
        assertThat(curl("-d " + "m".repeat(150) + " x/pub?topic=larger"))
                .isEqualTo("{\"message\":\"MSG_TOO_BIG\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "log_level,                loud,           400, INVALID_VALUE",
        "log_level,                '\"info\"',     400, INVALID_VALUE",
        "log_level,                '',             413, INVALID_VALUE",
        "nsqlookupd_tcp_addresses, '127.0.0.1:1',  400, INVALID_VALUE",
        "nsqlookupd_tcp_addresses, '[1]',          400, INVALID_VALUE",
        "nsqlookupd_tcp_addresses, '[\"a\"]',      400, INVALID_VALUE",
        "max_rdy_count,            0,              400, INVALID_VALUE",
        "max_rdy_count,            many,           400, INVALID_VALUE",
        "data_path,                /tmp,           400, INVALID_OPTION",
        "nothing,                  1,              400, INVALID_OPTION"
    })
    void whatCannotBeIsNotChanged(String key, String value, String status, String code) {
        assertThat(curl("-i -X PUT -d '" + value + "' x/config/" + key))
                .startsWith("HTTP/1.1 " + status + " ")
                .endsWith("{\"message\":\"" + code + "\"}");
    }

    @Test
    void aValueIsNoLongerThanAMessage() {
        assertThat(curl("-i -X PUT -d " + "a".repeat(101) + " x/config/log_level"))
                .startsWith("HTTP/1.1 413 ")
                .endsWith("{\"message\":\"INVALID_VALUE\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "goroutine,    Full thread dump",
        "heap,         java.lang.String",
        "block,        blocked_ms",
        "threadcreate, started",
        "cmdline,      java",
        "symbol,       num_symbols"
    })
    void theJvmTellsWhatAGoProgramWould(String name, String text) {
        assertThat(curl("-i x/debug/pprof/" + name))
                .startsWith("HTTP/1.1 200 OK")
                .doesNotContainIgnoringCase("X-Nsq-Content-Type")
                .contains(text);
    }

    @Test
    void theListOfAllHasASlashBehindIt() {
        assertThat(get("/debug/pprof/")).contains("<a href=\"/debug/pprof/heap\">");
        assertThat(curl("-i x/debug/pprof")).contains("301 Moved", "Location: /debug/pprof/\n");
    }

    @Test
    void aProfileIsARecordingOfFlightRecorder() {
        assertThat(get("/debug/pprof/profile?seconds=1")).startsWith("FLR\0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "241", "x", ""})
    void aProfileLastsAtMostFourMinutes(String seconds) {
        assertThat(get("/debug/pprof/profile?seconds=" + seconds))
                .isEqualTo("{\"message\":\"INVALID_SECONDS\"}");
    }

    @Test
    void theMemoryIsNotReadOutUnlessAFlagAllowsIt() {
        assertThat(curl("-i x/debug/heapdump"))
                .startsWith("HTTP/1.1 403 ")
                .endsWith("{\"message\":\"HEAP_DUMP_DISABLED\"}");
    }

    @Test
    void whereItIsAllowedTheMemoryIsReadOut() throws IOException {
        try (OwnNsqd generous = OwnNsqd.start("--allow-heap-dump");
                InputStream dump =
                        URI.create("http://" + generous.http() + "/debug/heapdump")
                                .toURL()
                                .openStream()) {
            assertThat(new String(dump.readNBytes(18), US_ASCII)).isEqualTo("JAVA PROFILE 1.0.2");
            // To the end, which has to be a proper one.
            assertThat(dump.transferTo(OutputStream.nullOutputStream())).isGreaterThan(1_000_000);
        }
    }

    @Test
    void theActionsAreDone() {
        assertThat(curl("-i -X POST x/debug/freememory")).startsWith("HTTP/1.1 200 ");
        assertThat(curl("-i -X PUT x/debug/setblockrate?rate=1")).startsWith("HTTP/1.1 200 ");
        assertThat(get("/debug/pprof/block")).doesNotContain(" -1 ");
        assertThat(curl("-i -X PUT x/debug/setblockrate?rate=0")).startsWith("HTTP/1.1 200 ");
        assertThat(curl("-i -X PUT x/debug/setblockrate?rate=x"))
                .startsWith("HTTP/1.1 400 ")
                .contains("invalid block rate : ");
    }

    @Test
    void metricsAreInTheFormOfPrometheus() {
        TopicName topic = new TopicName("metered");
        try (TestClient client = nsqd.connect()) {
            client.subscribe(topic, new ChannelName("c"), 1).publish(topic, "12345");
            client.finish(client.message("12345")).expectQuiet();
            String answer = curl("-i x/metrics");
            assertThat(answer).contains("text/plain; version=0.0.4");
            List<String> lines = answer.substring(answer.indexOf("\n\n") + 2).lines().toList();
            assertThat(lines)
                    .filteredOn(line -> !line.startsWith("#"))
                    .allMatch(line -> SAMPLE.matcher(line).matches())
                    .contains(
                            "nsqd_topic_messages_total{topic=\"metered\"} 1.0",
                            "nsqd_topic_message_bytes_total{topic=\"metered\"} 5.0",
                            "nsqd_channel_clients{channel=\"c\",topic=\"metered\"} 1.0",
                            "nsqd_healthy 1.0")
                    .anyMatch(
                            line ->
                                    line.startsWith(
                                            "nsqd_channel_e2e_processing_latency_seconds{"
                                                    + "channel=\"c\",topic=\"metered\","
                                                    + "quantile=\"0.99\"} "))
                    .anyMatch(line -> line.startsWith("process_cpu_seconds_total "))
                    .anyMatch(line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\"} "))
                    .anyMatch(line -> line.startsWith("nsqd_http_requests_total{code=\"200\"} "));
            assertThat(lines)
                    .filteredOn(line -> line.startsWith("# TYPE"))
                    .doesNotHaveDuplicates()
                    .contains(
                            "# TYPE nsqd_topic_messages_total counter",
                            "# TYPE nsqd_channel_depth_messages gauge",
                            "# TYPE nsqd_channel_e2e_processing_latency_seconds summary");
        }
    }

    @Test
    void statsShowTheLatenciesOfWhatWasFinished() {
        TopicName topic = new TopicName("timed");
        try (TestClient client = nsqd.connect()) {
            client.subscribe(topic, new ChannelName("c"), 1).publish(topic, "m");
            client.finish(client.message("m")).expectQuiet();
        }
        String latency =
                "\"e2e_processing_latency\":\\{\"count\":1,\"percentiles\":\\["
                        + "\\{\"quantile\":1,\"value\":[1-9]\\d*},"
                        + "\\{\"quantile\":0.99,\"value\":[1-9]\\d*}]}";
        assertThat(get("/stats?format=json&topic=timed"))
                .matches("(?s).*" + latency + ".*" + latency + ".*");
        assertThat(get("/stats?topic=timed"))
                .containsPattern("\\[c +].* e2e%: \\d+\\.\\d(us|ms|s), \\d+\\.\\d(us|ms|s)\n");
    }

    /** More of them, and each takes longer, than what is taken down in one turn of a loop. */
    @Test
    void statsOfManyTopicsAreCompleteAndInOrder() throws IOException {
        try (OwnNsqd many = OwnNsqd.start("--e2e-processing-latency-percentile=0.5,0.99");
                TestClient client = many.connect()) {
            List<String> names =
                    IntStream.range(0, 2_000).mapToObj("topic%04d#ephemeral"::formatted).toList();
            client.send(
                    names.stream()
                            .map(name -> new Command.Pub(new TopicName(name), Bytes.utf8("m")))
                            .toArray(Command[]::new));
            for (String ignored : names) client.expectOk();
            for (String clients : List.of("true", "false")) {
                String stats = "/stats?format=json&include_clients=" + clients;
                assertThat(
                                new ObjectMapper()
                                        .readTree(Curl.get(many.http(), stats))
                                        .get("topics")
                                        .findValuesAsText("topic_name"))
                        .isEqualTo(names);
            }
        }
    }
}
