package io.sluice.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.daemon.HostAndPort;
import io.sluice.daemon.Running;
import io.sluice.examples.bench.daemon.ListeningProcess;
import io.sluice.examples.bench.daemon.LocalDaemons;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchTest {
    private static final String NOWHERE_TCP = "--nsqd-tcp-address=127.0.0.1:1";
    private static final String NOWHERE_HTTP = "--nsqd-http-address=127.0.0.1:1";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void twoDaemonsAreMeasuredSideBySide() {
        try (LocalDaemons daemons = new LocalDaemons()) {
            Running one = daemons.nsqd();
            Running other = daemons.nsqd();

            int code =
                    bench(
                            "--nsqd-tcp-address=" + one.tcp(),
                            "--nsqd-http-address=" + one.http(),
                            "--against-tcp-address=" + other.tcp(),
                            "--against-http-address=" + other.http(),
                            "-scenario=publish-one-by-8,latency-2k",
                            "--runs=2",
                            "--seconds=1",
                            "--warm-up=0",
                            "--messages=10000");

            assertThat(text(err)).isEmpty();
            assertThat(code).isZero();
            assertThat(text(out))
                    .startsWith("bench --nsqd-tcp-address=" + one.tcp())
                    .contains("2 runs of at most 1 s and 10,000 messages")
                    .contains("publish-one-by-8: PUB 100 B, 8 connection(s) x 1 outstanding")
                    .containsPattern("published  +[0-9,]+/s ")
                    .containsPattern("nsqd, median +min +max +against, median +min +max")
                    .containsPattern("p99\\.9  +[0-9,]+ us ");
        }
    }

    @Test
    void theLoadGeneratorIsMeasuredWithoutADaemon() {
        int code = bench("--scenario=self-mpub", "--runs=1", "--seconds=1", "--warm-up=0");

        assertThat(code).isZero();
        assertThat(text(out))
                .contains("sink: in this process")
                .containsPattern("daemon CPU/message +n/a")
                .containsPattern("bench CPU/message +[0-9.]+ us");
    }

    @Test
    void theUsageNamesTheFlags() {
        assertThat(bench("--help")).isZero();
        assertThat(text(out)).contains("--nsqd-tcp-address", "--against-pid", "--scenario");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--runs=0 | --runs 0 is not allowed: 1 to 1000",
                "--size=15 | --size 15 is not allowed: 16 to 1048576",
                "--nsqd-tcp-address=:1 | -tcp-address and --nsqd-http-address need each other",
                "--scenario=publish | --nsqd-tcp-address is missing",
                "--scenario=swim | there is no scenario 'swim': choose of publish-mpub,",
                "--scenario=topics | --nsqd-tcp-address is missing: topics",
                "--speed=1 | flag provided but not defined: --speed",
                "publish | 'publish' is not a flag",
            })
    void aWrongFlagIsNamedBeforeAnythingRuns(String flag, String complaint) {
        assertThat(bench(flag)).isEqualTo(2);
        assertThat(text(err)).contains(complaint);
        assertThat(text(out)).isEmpty();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theProcessThatListensAtAPortIsFound() {
        try (LocalDaemons daemons = new LocalDaemons()) {
            HostAndPort tcp = daemons.nsqd().tcp();

            assertThat(ListeningProcess.at(new InetSocketAddress(tcp.host(), tcp.port())))
                    .contains(ProcessHandle.current());
        }
    }

    @Test
    void whatTheDiskTakesIsMeasuredWhereTheUserSays() {
        int code = bench("--scenario=fsync-1", NOWHERE_TCP, NOWHERE_HTTP);

        assertThat(code).isEqualTo(2);
        assertThat(text(err)).contains("--directory is missing: fsync-1");
    }

    @Test
    void memoryIsMeasuredOnceAndAlone() {
        assertThat(bench("--scenario=topics,self-one", NOWHERE_TCP, NOWHERE_HTTP)).isEqualTo(2);
        assertThat(text(err)).contains("topics needs a daemon that has done nothing else");
    }

    @Test
    void memoryIsThatOfAProcess() {
        assertThat(bench("--scenario=unread", NOWHERE_TCP, NOWHERE_HTTP)).isEqualTo(2);
        assertThat(text(err)).contains("--nsqd-pid is missing: unread measures the memory");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aMeasurementOfMemoryHasOneColumn() {
        try (LocalDaemons daemons = new LocalDaemons()) {
            Running nsqd = daemons.nsqd("--mem-queue-size=20000");

            int code =
                    bench(
                            "--nsqd-tcp-address=" + nsqd.tcp(),
                            "--nsqd-http-address=" + nsqd.http(),
                            "--scenario=unread",
                            "--messages=10000");

            assertThat(text(err)).isEmpty();
            assertThat(code).isZero();
            assertThat(text(out))
                    .contains("once at each daemon")
                    .doesNotContain("median")
                    .containsPattern("messages +10,000")
                    .containsPattern("resident/message +-?[0-9,.]+ B");
        }
    }

    private int bench(String... args) {
        return new Bench(new PrintStream(out, true), new PrintStream(err, true)).run(args);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
