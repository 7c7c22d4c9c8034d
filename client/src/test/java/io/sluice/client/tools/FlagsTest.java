package io.sluice.client.tools;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.daemon.GoDuration;
import io.sluice.daemon.GoFlags;
import io.sluice.daemon.ToolFlags;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The flags of each tool are NSQ's: their names, their types and their defaults. */
class FlagsTest {
    static Stream<Arguments> tools() {
        return Stream.of(
                Arguments.of("nsq_tail", (Supplier<Object>) TailOptions::new),
                Arguments.of("nsq_to_file", (Supplier<Object>) ToFileOptions::new),
                Arguments.of("nsq_to_http", (Supplier<Object>) ToHttpOptions::new),
                Arguments.of("nsq_to_nsq", (Supplier<Object>) ToNsqdOptions::new),
                Arguments.of("to_nsq", (Supplier<Object>) ToNsqOptions::new),
                Arguments.of("nsq_stat", (Supplier<Object>) StatOptions::new));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tools")
    void eachLineOfTheListIsAFlagAndEachFlagALine(String tool, Supplier<Object> unset)
            throws IOException {
        CommandLine command = GoFlags.command(tool, unset.get());
        command.parseArgs();
        List<String> ours = new ArrayList<>();
        command.getCommandSpec().options().stream()
                .map(o -> (o.longestName() + " | " + type(o) + " | " + text(o)).stripTrailing())
                .sorted()
                .forEach(ours::add);
        assertThat(ours).containsExactlyElementsOf(lines("/flags/" + tool + ".txt"));
    }

    @Test
    void toFileRefusesWordsBehindItsFlags() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream complaints = new PrintStream(err, true, UTF_8);
        ToolFlags<ToFileOptions> flags = NsqToFile.flags(complaints, complaints);
        assertThat(flags.read("--version", "a", "--gzip")).isEmpty();
        assertThat(flags.exitCode()).isEqualTo(1);
        assertThat(err.toString(UTF_8)).isEqualTo("nsq_to_file: unknown arguments: [a --gzip]\n");
    }

    private static List<String> lines(String resource) throws IOException {
        try (InputStream in = FlagsTest.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(String::stripTrailing)
                    .toList();
        }
    }

    private static String text(OptionSpec option) {
        Object value = option.getValue();
        if (value == null || option.isMultiValue()) return "";
        if (value instanceof Duration duration) return GoDuration.format(duration);
        if (value instanceof Double number && number == 1) return "1";
        return value.toString().replace("\n", "\\n");
    }

    private static String type(OptionSpec option) {
        if (option.isMultiValue()) return "list";
        if (option.type() == boolean.class) return "bool";
        if (option.type() == Duration.class) return "duration";
        if (option.type() == double.class) return "float";
        boolean isInt = option.type() == int.class || option.type() == long.class;
        return isInt || option.type() == Integer.class ? "int" : "string";
    }
}
