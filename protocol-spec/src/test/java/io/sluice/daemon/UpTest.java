package io.sluice.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

class UpTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Recorder lookupd = new Recorder("nsqlookupd");
    private final Recorder nsqd = new Recorder("nsqd");
    private final Recorder admin = new Recorder("nsqadmin");
    @TempDir Path folder;

    /** All flags that {@code up} gives to any of the daemons. */
    @Command
    static final class AllOptions implements DaemonOptions {
        @Mixin CommonOptions common = new CommonOptions();

        @Option(names = "--tcp-address")
        String tcpAddress;

        @Option(names = "--http-address")
        String httpAddress;

        @Option(names = "--broadcast-address")
        String broadcastAddress;

        @Option(names = "--data-path")
        String dataPath;

        @Option(names = "--lookupd-tcp-address")
        List<String> lookupdTcp;

        @Option(names = "--lookupd-http-address")
        List<String> lookupdHttp;

        @Override
        public CommonOptions common() {
            return common;
        }

        @Override
        public void validate() {
            assertThat(httpAddress).isNotNull();
        }
    }

    /** Listens nowhere; says that it does on ports 1 and 2, and remembers its flags. */
    static final class Recorder implements Daemon<AllOptions> {
        private final String name;
        private AllOptions started;
        private boolean stopped;
        private boolean taken;

        Recorder(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public AllOptions options() {
            return new AllOptions();
        }

        @Override
        public Running start(AllOptions options) {
            if (taken) {
                HostAndPort address = HostAndPort.parse(options.httpAddress);
                throw StartException.cannotListen(
                        "--http-address", address, new Exception("Address already in use"));
            }
            started = options;
            HostAndPort tcp = new HostAndPort("127.0.0.1", 1);
            HostAndPort http = new HostAndPort("127.0.0.1", 2);
            boolean both = options.tcpAddress != null;
            return new Running(
                    both
                            ? Map.of(Running.TCP, tcp, Running.HTTP, http)
                            : Map.of(Running.HTTP, http),
                    () -> stopped = true);
        }
    }

    @BeforeEach
    void log() {
        LogFormat.install(new PrintStream(err, true, UTF_8));
    }

    private Launcher.Launched up(String... args) {
        PrintStream printed = new PrintStream(out, true, UTF_8);
        return new Launcher(printed, new PrintStream(err, true, UTF_8))
                .launch(new Up(List.of(admin, nsqd, lookupd), printed), args);
    }

    @Test
    void allThreeAreStartedAndKnowEachOther() {
        Launcher.Launched launched = up("--data-path=" + folder.resolve("new/data"));
        assertThat(launched.exitCode()).isZero();
        assertThat(lookupd.started.tcpAddress).isEqualTo("127.0.0.1:4160");
        assertThat(lookupd.started.httpAddress).isEqualTo("127.0.0.1:4161");
        assertThat(nsqd.started.tcpAddress).isEqualTo("127.0.0.1:4150");
        assertThat(nsqd.started.httpAddress).isEqualTo("127.0.0.1:4151");
        assertThat(nsqd.started.broadcastAddress).isEqualTo("127.0.0.1");
        assertThat(nsqd.started.lookupdTcp).isEqualTo(List.of("127.0.0.1:1"));
        assertThat(Path.of(nsqd.started.dataPath)).isDirectory();
        assertThat(admin.started.httpAddress).isEqualTo("127.0.0.1:4171");
        assertThat(admin.started.lookupdHttp).isEqualTo(List.of("127.0.0.1:2"));

        launched.running().stop();
        assertThat(List.of(lookupd.stopped, nsqd.stopped, admin.stopped)).containsOnly(true);
    }

    @Test
    void itsFolderIsNamedAfterIt() {
        UpOptions options = new UpOptions();
        new CommandLine(options).parseArgs();
        assertThat(options.dataPath).isEqualTo(Path.of("sluice-data"));
    }

    @Test
    void itTellsHowToPublishAndHowToTail() {
        up("--data-path=" + folder);
        assertThat(out.toString(UTF_8))
                .contains("curl -d 'hello world' 'http://127.0.0.1:2/pub?topic=test'")
                .contains("bin/nsq_tail --topic=test --lookupd-http-address=127.0.0.1:2");
    }

    @Test
    void aPortThatIsTakenIsNamedWithDaemonAndFlagAndTheRestIsStopped() {
        nsqd.taken = true;
        Launcher.Launched launched = up("--data-path=" + folder, "--nsqd-http-address=:5");
        assertThat(launched.exitCode()).isEqualTo(1);
        assertThat(err.toString(UTF_8))
                .contains(
                        "FATAL: nsqd cannot listen on :5 (--http-address): Address already in use;"
                                + " choose another with --nsqd-http-address\n");
        assertThat(lookupd.stopped).isTrue();
        assertThat(admin.started).isNull();
    }

    @Test
    void itIsQuietUnlessAskedOtherwise() {
        up("--data-path=" + folder);
        assertThat(nsqd.started.common.logLevel()).isEqualTo(LogLevel.WARN);
        assertThat(err.size()).isZero();
        up("--data-path=" + folder, "--log-level=info");
        assertThat(nsqd.started.common.logLevel()).isEqualTo(LogLevel.INFO);
        assertThat(err.toString(UTF_8)).contains("[nsqd] ").contains("INFO: ");
    }

    @Test
    void whatListensEverywhereIsReachedByLoopback() {
        up(
                "--data-path=" + folder,
                "--nsqd-http-address=:5",
                "--nsqlookupd-http-address=0.0.0.0:6");
        assertThat(nsqd.started.httpAddress).isEqualTo(":5");
        assertThat(nsqd.started.broadcastAddress).isEqualTo("127.0.0.1");
        assertThat(lookupd.started.broadcastAddress).isEqualTo("127.0.0.1");
    }

    @Test
    void withoutDaemonsThereIsNothingToStart() {
        PrintStream printed = new PrintStream(out, true, UTF_8);
        Launcher.Launched launched =
                new Launcher(printed, printed)
                        .launch(new Up(List.of(), printed), "--data-path=" + folder);
        assertThat(launched.exitCode()).isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains("FATAL: no daemon on the class path");
    }
}
