package io.sluice.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class GoFlagsTest {
    private final PondOptions options = new PondOptions();
    private final CommandLine command = GoFlags.command("pond", options);

    private GoFlags parse(String... args) {
        GoFlags flags = new GoFlags(command.getCommandSpec(), args);
        command.parseArgs(flags.given().stream().map(GoFlags.Given::word).toArray(String[]::new));
        return flags;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-node-id 5",
                "-node-id=5",
                "--node-id 5",
                "--node-id=5",
                "-node-id 4 -node-id 5"
            })
    void fourFormsAreTheSameAndTheLastOneCounts(String line) {
        parse(line.split(" "));
        assertThat(options.nodeId).isEqualTo(5);
    }

    @Test
    void withoutFlagsThereAreDefaults() {
        parse();
        assertThat(options.nodeId).isEqualTo(7);
        assertThat(options.deflate).isTrue();
        assertThat(options.msgTimeout).isEqualTo(Duration.ofMinutes(1));
        assertThat(options.lookupdTcpAddresses).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "--deflate, true",
        "-deflate=1, true",
        "--deflate=t, true",
        "--deflate=TRUE, true",
        "--deflate=0, false",
        "--deflate=f, false",
        "-deflate=False, false"
    })
    void aBooleanTakesItsValueBehindAnEqualsSign(String flag, boolean value) {
        parse(flag);
        assertThat(options.deflate).isEqualTo(value);
    }

    @Test
    void aBooleanNeverTakesTheNextWord() {
        GoFlags flags = parse("--deflate", "false", "--node-id", "1");
        assertThat(options.deflate).isTrue();
        assertThat(options.nodeId).as("reading stopped at the first word").isEqualTo(7);
        assertThat(flags.flagWords()).isEqualTo(1);
    }

    @Test
    void aWordThatMayStandAlone() {
        parse("--tls-required");
        assertThat(options.tlsRequired).isEqualTo("true");
        parse("--tls-required=tcp-https");
        assertThat(options.tlsRequired).isEqualTo("tcp-https");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-x", "--node-id=9", "a=b", "", "\"quoted\"", "${user.name}", "@file"})
    void aValueMayLookLikeAnything(String value) {
        parse("--data-path", value);
        assertThat(options.dataPath).isEqualTo(value);
        parse("--data-path=" + value);
        assertThat(options.dataPath).isEqualTo(value);
    }

    @Test
    void aListFlagAddsItems() {
        parse("--lookupd-tcp-address", "a:1", "--lookupd-tcp-address=b:2,c:3");
        assertThat(options.lookupdTcpAddresses).isEqualTo(List.of("a:1", "b:2,c:3"));
        parse("--percentile=1.0,0.5", "--percentile", "0.9");
        assertThat(options.percentiles).isEqualTo(List.of(1.0, 0.5, 0.9));
    }

    @Test
    void readingStopsBehindTwoDashes() {
        GoFlags flags = parse("--node-id=1", "--", "--node-id=2");
        assertThat(options.nodeId).isEqualTo(1);
        assertThat(flags.flagWords()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "--nope, flag provided but not defined: --nope",
        "-nope=1, flag provided but not defined: --nope",
        "--node-id, flag needs an argument: --node-id",
        "---node-id=1, bad flag syntax: ---node-id=1",
        "-=1, bad flag syntax: -=1",
        "--deflate=maybe, 'invalid value for flag --deflate: ''maybe'' is not true, false, t, f, 1"
                + " or 0'"
    })
    void whatCannotBeRead(String flag, String message) {
        assertThatThrownBy(() -> parse(flag)).isInstanceOf(FlagException.class).hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-h", "--help", "-help", "--h"})
    void helpIsAskedFor(String flag) {
        assertThat(parse("--node-id=1", flag, "--nope").helpAsked()).isTrue();
    }
}
