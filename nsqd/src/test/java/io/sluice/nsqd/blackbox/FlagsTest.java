package io.sluice.nsqd.blackbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.daemon.StartException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The flags of NSQ, line by line: they are there, with their defaults, and do what they say. */
@OwnDaemonOnly("needs all flags")
class FlagsTest {
    private static final String FLAGS = "/flags/nsqd.txt";
    private static final String UNKNOWN = "?";
    private static final String NOT_FOR_TESTS = "-";

    /** Ones that a test cannot leave at their defaults, or must not. */
    private static final List<String> CHOSEN_BY_TEST =
            List.of("--tcp-address", "--http-address", "--broadcast-address", "--data-path");

    record Flag(
            String name,
            String type,
            String value,
            String key,
            String shown,
            String other,
            String otherShown) {}

    private static List<Flag> flags() {
        List<Flag> flags = new ArrayList<>();
        try (InputStream in = FlagsTest.class.getResourceAsStream(FLAGS)) {
            new BufferedReader(new InputStreamReader(in, UTF_8))
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(line -> flags.add(flag(line)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        assertThat(flags).hasSizeGreaterThan(50);
        return flags;
    }

    private static Flag flag(String line) {
        // One space on each side is of the table; more is of the value.
        String[] cells =
                Arrays.stream((line + " ").split("\\|"))
                        .map(cell -> cell.replaceFirst("^ ", "").replaceFirst(" $", ""))
                        .toArray(String[]::new);
        assertThat(cells).as(line).hasSize(7);
        return new Flag(
                cells[0], cells[1], cells[2], cells[3], cells[4], cells[5], cells[6].strip());
    }

    private static List<Flag> flagsWithOther() {
        return flags().stream().filter(flag -> !flag.other.equals(NOT_FOR_TESTS)).toList();
    }

    private static void expectShown(OwnNsqd nsqd, List<Flag> flags, UnaryOperator<Flag> expected) {
        SoftAssertions all = new SoftAssertions();
        for (Flag flag : flags) {
            String shown = expected.apply(flag).shown;
            String is = Curl.get(nsqd.http(), "/config/" + flag.key);
            if (shown.equals(UNKNOWN)) all.assertThat(is).as(flag.name).doesNotContain("INVALID");
            else all.assertThat(is).as(flag.name).isEqualTo(shown);
        }
        all.assertAll();
    }

    @Test
    void everyFlagHasItsKeyAndItsDefault() {
        List<Flag> unchosen =
                flags().stream()
                        .filter(flag -> !CHOSEN_BY_TEST.contains(flag.name))
                        .filter(flag -> !flag.name.equals("--log-level"))
                        .toList();
        try (OwnNsqd nsqd = OwnNsqd.start()) {
            expectShown(nsqd, unchosen, flag -> flag);
        }
    }

    @Test
    void everyFlagTakesItsDefaultWhenItIsGiven() {
        List<String> words = new ArrayList<>();
        for (Flag flag : flags()) {
            if (CHOSEN_BY_TEST.contains(flag.name) || flag.value.equals(UNKNOWN)) continue;
            if (flag.type.equals("list") || flag.name.equals("--log-level")) continue;
            words.add(flag.name + "=" + flag.value);
        }
        try (OwnNsqd nsqd = OwnNsqd.start(words.toArray(String[]::new))) {
            assertThat(Curl.get(nsqd.http(), "/ping")).isEqualTo("OK");
        }
    }

    private static Flag other(Flag flag) {
        return new Flag(
                flag.name,
                flag.type,
                flag.other,
                flag.key,
                flag.otherShown,
                flag.other,
                flag.otherShown);
    }

    @Test
    void everyFlagIsTakenFromTheCommandLine() {
        String[] words =
                flagsWithOther().stream()
                        .map(flag -> flag.name + "=" + flag.other)
                        .toArray(String[]::new);
        try (OwnNsqd nsqd = OwnNsqd.start(words)) {
            expectShown(nsqd, flagsWithOther(), FlagsTest::other);
        }
    }

    @Test
    void everyFlagIsTakenFromTheFile(@TempDir Path folder) throws IOException {
        List<String> lines =
                flagsWithOther().stream()
                        .map(flag -> flag.key + " = \"" + flag.other + "\"")
                        .toList();
        Path file = Files.write(folder.resolve("nsqd.toml"), lines);
        List<Flag> onlyInFile =
                flagsWithOther().stream()
                        .filter(flag -> !CHOSEN_BY_TEST.contains(flag.name))
                        .toList();
        try (OwnNsqd nsqd = OwnNsqd.start("--config=" + file)) {
            expectShown(nsqd, onlyInFile, FlagsTest::other);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--node-id=1024,                            0 to 1023",
        "--broadcast-tcp-port=65536,                0 to 65535",
        "--statsd-address=nowhere,                  the port is missing",
        "--statsd-interval=0,                       1ms or more",
        "--statsd-udp-packet-size=0,                1 to 65507",
        "--e2e-processing-latency-percentile=1.5,   above 0 and at most 1",
        "--e2e-processing-latency-percentile=0,     above 0 and at most 1",
        "--e2e-processing-latency-window-time=1ms,  2ms or more",
        "--tcp-address=localhost,                   a path with a slash",
        "--msg-timeout=0,                           1ms to 596h",
        "--log-level=loud,                          'INFO, WARN'"
    })
    void aValueThatIsNotAllowedIsRefusedAndItIsSaidWhatIs(String flag, String allowed) {
        assertThatThrownBy(() -> OwnNsqd.start(flag).close())
                .isInstanceOf(StartException.class)
                .hasMessageContaining(flag.substring(0, flag.indexOf('=')))
                .hasMessageContaining(allowed);
    }
}
