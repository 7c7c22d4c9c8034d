package io.sluice.lookupd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.daemon.GoFlags;
import io.sluice.daemon.Launcher;
import io.sluice.daemon.Running;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody can do who runs the daemon. */
class OperationsTest {
    @Test
    void metricsTellHowMuchIsRegistered() throws IOException {
        try (RunningLookupd lookupd = RunningLookupd.own()) {
            lookupd.post("/channel/create?topic=t&channel=c");
            HttpResponse<String> answer = lookupd.request("GET", "/metrics");
            assertThat(answer.headers().firstValue("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).contains("version=0.0.4"));
            assertThat(answer.body())
                    .contains(
                            "# TYPE nsqlookupd_topics gauge\nnsqlookupd_topics 1.0\n",
                            "nsqlookupd_channels 1.0\n",
                            "nsqlookupd_producers{state=\"active\"} 0.0\n",
                            "nsqlookupd_http_requests_total{code=\"200\"} ",
                            "process_cpu_seconds_total ");
        }
    }

    @Test
    void theJvmTellsOfItself() {
        try (RunningLookupd lookupd = RunningLookupd.own()) {
            assertThat(lookupd.request("GET", "/debug/pprof").body()).contains("goroutine");
            assertThat(lookupd.request("GET", "/debug/pprof/").statusCode()).isEqualTo(301);
            assertThat(lookupd.request("GET", "/debug/pprof/goroutine").body())
                    .contains("Full thread dump");
            assertThat(lookupd.request("GET", "/debug/heapdump").statusCode()).isEqualTo(403);
        }
    }

    @Test
    void bothListenersCanBeUnixSockets(@TempDir Path folder) throws IOException {
        Path http = folder.resolve("http");
        Running lookupd =
                Launcher.start(
                        new Lookupd(),
                        "--tcp-address=" + folder.resolve("tcp"),
                        "--http-address=" + http,
                        "--log-level=error");
        try (SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            client.connect(UnixDomainSocketAddress.of(http));
            String request = "GET /ping HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
            client.write(ByteBuffer.wrap(request.getBytes(UTF_8)));
            byte[] answer = Channels.newInputStream(client).readAllBytes();
            assertThat(new String(answer, UTF_8)).endsWith("OK");
        } finally {
            lookupd.stop();
        }
        assertThat(folder).isEmptyDirectory();
    }

    /** Name, other value; of the flags of NSQ, which have the key that their name makes. */
    private static List<String[]> flags() throws IOException {
        List<String[]> flags = new ArrayList<>();
        try (InputStream in = OperationsTest.class.getResourceAsStream("/flags/nsqlookupd.txt")) {
            new BufferedReader(new InputStreamReader(in, UTF_8))
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" \\| "))
                    .forEach(flags::add);
        }
        assertThat(flags).hasSize(7);
        return flags;
    }

    @Test
    void everyFlagIsTakenFromTheCommandLineAndFromTheFile(@TempDir Path folder) throws IOException {
        List<String> words = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (String[] flag : flags()) {
            assertThat(flag[3]).isEqualTo(flag[0].substring(2).replace('-', '_'));
            words.add(flag[0] + "=" + flag[4]);
            lines.add(flag[3] + " = \"" + flag[4] + "\"");
        }
        Launcher.start(new Lookupd(), words.toArray(String[]::new)).stop();
        Path file = Files.write(folder.resolve("lookupd.toml"), lines);
        Running fromFile = Launcher.start(new Lookupd(), "--config=" + file);
        assertThat(fromFile.tcp().port()).isNotEqualTo(4160);
        fromFile.stop();
    }

    @Test
    void everyFlagHasItsDefault() {
        LookupdOptions options = new LookupdOptions();
        GoFlags.command("nsqlookupd", options).parseArgs();
        assertThat(options.tcpAddress).hasToString("0.0.0.0:4160");
        assertThat(options.httpAddress).hasToString("0.0.0.0:4161");
        assertThat(options.inactiveProducerTimeout).hasMinutes(5);
        assertThat(options.tombstoneLifetime).hasSeconds(45);
        assertThat(options.common().logLevel()).hasToString("info");
    }
}
