package io.sluice.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LauncherTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Pond pond = new Pond("pond");
    private Launcher.Launched launched;
    @TempDir Path folder;

    private void launch(String... args) {
        PrintStream log = new PrintStream(err, true, UTF_8);
        LogFormat.install(log);
        launched = new Launcher(new PrintStream(out, true, UTF_8), log).launch(pond, args);
    }

    private void launchWithFile(String toml, String... args) throws IOException {
        Path file = Files.writeString(folder.resolve("pond.toml"), toml);
        String[] all = new String[args.length + 1];
        System.arraycopy(args, 0, all, 1, args.length);
        all[0] = "--config=" + file;
        launch(all);
    }

    @AfterEach
    void stop() {
        if (launched != null && launched.running() != null) launched.running().stop();
    }

    private void assertRefused(String why) {
        assertThat(launched).isEqualTo(new Launcher.Launched(1, null));
        assertThat(err.toString(UTF_8))
                .matches("(?s)\\[pond] [0-9/]{10} [0-9:]{8}\\.\\d{6} FATAL: [^\\n]*\\n")
                .contains(why);
        assertThat(pond.started).isNull();
    }

    @Test
    void anErrorAtTheStartEndsWithOneToo() {
        pond.flaw = new NoClassDefFoundError("net/Frog");
        launch();
        assertThat(launched).isEqualTo(new Launcher.Launched(1, null));
        assertThat(err.toString(UTF_8)).contains("FATAL: cannot start: ").contains("net/Frog");
    }

    @Test
    void theFileLiesOverTheDefaultsAndUnderTheCommandLine() throws IOException {
        launchWithFile(
                """
                msg_timeout = 1500
                statsd_interval = "1m"
                node_id = "12"
                deflate = false
                data_path = "from file"
                nsqlookupd_tcp_addresses = ["a:1", "b:2"]
                percentile = [1.0, 0.5]
                tls_required = true
                lookupd_tcp_address = ["ignored: not its key"]
                version = true
                unknown = 3
                """,
                "--data-path=from line");
        assertThat(launched.running()).isNotNull();
        assertThat(pond.started.msgTimeout).isEqualTo(Duration.ofMillis(1500));
        assertThat(pond.started.nodeId).isEqualTo(12);
        assertThat(pond.started.deflate).isFalse();
        assertThat(pond.started.dataPath).isEqualTo("from line");
        assertThat(pond.started.lookupdTcpAddresses).isEqualTo(List.of("a:1", "b:2"));
        assertThat(pond.started.percentiles).isEqualTo(List.of(1.0, 0.5));
        assertThat(pond.started.tlsRequired).isEqualTo("true");
    }

    @Test
    void aListOnTheCommandLineReplacesThatOfTheFile() throws IOException {
        launchWithFile("nsqlookupd_tcp_addresses = \"a:1, b:2\"", "--lookupd-tcp-address", "c:3");
        assertThat(pond.started.lookupdTcpAddresses).isEqualTo(List.of("c:3"));
    }

    @Test
    void aListMayBeOneText() throws IOException {
        launchWithFile("nsqlookupd_tcp_addresses = \"a:1, b:2\"\npercentile = \"1,0.5\"");
        assertThat(pond.started.lookupdTcpAddresses).isEqualTo(List.of("a:1", "b:2"));
        assertThat(pond.started.percentiles).isEqualTo(List.of(1.0, 0.5));
    }

    @ParameterizedTest
    @CsvSource({
        "msg_timeout = \"60\", msg_timeout: |'60' is not a duration",
        "msg_timeout = true, msg_timeout: true is not a duration such as",
        "node_id = \"x\", node_id: |'x'",
        "node_id = 1.5, node_id: |1.5",
        "node_id = [1], node_id: [1] is not a number",
        "data_path = 5, data_path: 5 is not a string in quotes",
        "deflate = \"maybe\", deflate: 'maybe' is not true",
        "deflate = 2, deflate: '2' is not true",
        "deflate = [1], 'deflate: [1] is not true, false, t, f, 1 or 0'",
        "nsqlookupd_tcp_addresses = 5, nsqlookupd_tcp_addresses: 5 is not an array of strings",
        "log_level = \"loud\", log_level: |loud",
        "node_id = 5000, '--node-id must be [0,1024)'",
        "node_id =, line 1:"
    })
    void aBadFileNamesTheKeyAndEndsWithOne(String toml, String why) throws IOException {
        launchWithFile(toml);
        for (String part : why.split("\\|")) assertRefused(part);
    }

    @Test
    void aMissingFileEndsWithOne() {
        launch("--config=" + folder.resolve("none.toml"));
        assertRefused("failed to load config file " + folder.resolve("none.toml") + ": no such");
    }

    @Test
    void aValueThatIsNotAllowedEndsWithOne() {
        launch("--node-id=1024");
        assertRefused("--node-id must be [0,1024)");
    }

    @Test
    void badFlagsEndWithTwoAndTheUsage() {
        for (String flag : List.of("--nope", "--msg-timeout=60", "--node-id=x", "--log-level=x")) {
            err.reset();
            launch(flag);
            assertThat(launched).isEqualTo(new Launcher.Launched(2, null));
            assertThat(err.toString(UTF_8))
                    .contains(flag.split("=")[0])
                    .contains("Usage of pond:\n");
        }
    }

    @Test
    void theUsageListsEveryFlag() {
        launch("--help");
        assertThat(launched).isEqualTo(new Launcher.Launched(0, null));
        assertThat(err.toString(UTF_8))
                .contains("  --data-path string\n    \twhere the water is kept\n")
                .contains("  --deflate\n    \tlet water out (default true)\n")
                .contains("  --msg-timeout duration\n    \tfor a frog to sit (default 1m0s)\n")
                .contains("  --node-id int\n    \tnumber of the pond (default 7)\n")
                .contains("  --snappy\n    \tother water (default true)")
                .contains("  --log-level level\n")
                .contains("(default info)");
        assertThat(out.size()).isZero();
    }

    @Test
    void theVersionGoesToStandardOutput() {
        launch("--version");
        assertThat(launched).isEqualTo(new Launcher.Launched(0, null));
        assertThat(out.toString(UTF_8))
                .matches("pond v1\\.3\\.0\\+sluice\\.\\d+\\.\\d+\\.\\d+ \\(built w/java17\\)\n");
        assertThat(err.size()).isZero();
    }

    @Test
    void aRunningDaemonSaysWhereItListens() {
        launch("--log-prefix=[p] ");
        int port = pond.socket.getLocalPort();
        assertThat(launched.running().tcp()).isEqualTo(new HostAndPort("127.0.0.1", port));
        assertThat(err.toString(UTF_8))
                .contains("INFO: pond v1.3.0+sluice.")
                .contains("INFO: TCP: listening on 127.0.0.1:" + port + "\n")
                .startsWith("[p] ");
    }

    @Test
    void theLevelHidesWhatIsBelow() {
        launch("--log-level=WARN");
        assertThat(err.size()).isZero();
    }

    @Test
    void aPortThatIsTakenIsNamedWithItsFlag() {
        launch();
        Launcher.Launched first = launched;
        err.reset();
        String address = first.running().tcp().toString();
        launch("--tcp-address=" + address);
        assertThat(err.toString(UTF_8))
                .contains(
                        "FATAL: cannot listen on " + address + " (--tcp-address): Address already");
        launched = first;
    }

    private void reload(String toml) throws IOException {
        Path file = Files.writeString(folder.resolve("pond.toml"), toml);
        Launcher.reload(pond, launched.running(), "--config=" + file, "--log-prefix=[p] ");
    }

    @Test
    void aReloadTakesOverWhatCanChangeAndTellsWhatCannot() throws IOException {
        launchWithFile("msg_timeout = \"1s\"\nnode_id = 3", "--log-prefix=[p] ");
        reload("msg_timeout = \"2s\"\nnode_id = 4\nlog_level = \"debug\"");
        assertThat(pond.started.msgTimeout).isEqualTo(Duration.ofSeconds(2));
        assertThat(pond.started.nodeId).isEqualTo(3);
        assertThat(pond.started.common().logLevel()).isEqualTo(LogLevel.DEBUG);
        assertThat(err.toString(UTF_8))
                .contains("INFO: reload: --msg-timeout is PT2S now")
                .contains("INFO: reload: --node-id has changed, which needs a restart");
    }

    @Test
    void whatWasChangedAtRunTimeStaysUntilTheFileSaysSomethingNew() throws IOException {
        launchWithFile("msg_timeout = \"1s\"", "--log-prefix=[p] ");
        launched.running().options().change("--msg-timeout", List.of("5s"));
        reload("msg_timeout = \"1s\"");
        assertThat(pond.started.msgTimeout).isEqualTo(Duration.ofSeconds(5));
        assertThat(err.toString(UTF_8))
                .contains("INFO: reload: --msg-timeout stays what it was set to while");
        reload("msg_timeout = \"2s\"");
        assertThat(pond.started.msgTimeout).isEqualTo(Duration.ofSeconds(2));
        launched.running().options().change("--msg-timeout", List.of("7s"));
        reload("msg_timeout = \"2s\"");
        assertThat(pond.started.msgTimeout).isEqualTo(Duration.ofSeconds(7));
        reload("msg_timeout = \"1s\"");
        assertThat(pond.started.msgTimeout).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aReloadLooksIntoOtherFilesTooWhateverTheFileIs() throws IOException {
        launchWithFile("msg_timeout = \"1s\"", "--log-prefix=[p] ");
        reload("msg_timeout = ");
        Launcher.reload(pond, launched.running());
        assertThat(pond.rereads).isEqualTo(2);
    }

    @Test
    void aReloadOfABadFileChangesNothing() throws IOException {
        launchWithFile("msg_timeout = \"1s\"", "--log-prefix=[p] ");
        reload("msg_timeout = \"2s\"\nnode_id = 4000");
        reload("msg_timeout = ");
        assertThat(pond.started.msgTimeout).isEqualTo(Duration.ofSeconds(1));
        assertThat(err.toString(UTF_8))
                .contains("ERROR: reload: nothing is changed: --node-id must be [0,1024)")
                .contains("ERROR: reload: nothing is changed: failed to load config file");
    }
}
