package io.sluice.nsqd.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.daemon.HostAndPort;
import io.sluice.daemon.Launcher;
import io.sluice.daemon.Running;
import io.sluice.lookupd.Lookupd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The sessions with curl that spec/http.md shows are what happens. */
@OwnDaemonOnly("needs daemons that nobody has used yet")
class TranscriptTest {
    private static final Path PAGE =
            Path.of(System.getProperty("sluice.root"), "protocol-spec", "spec", "http.md");
    private static final Pattern SESSION = Pattern.compile("(?s)```console\n(.*?)```");
    private static final String PROMPT = "$ ";

    /** Stands for anything on its line. */
    private static final String WHATEVER = "…";

    private static final int LOOKUPD_HTTP = 4161;

    record Step(String command, String answer) {}

    private static List<Step> steps() throws IOException {
        List<Step> steps = new ArrayList<>();
        for (MatchResult session : SESSION.matcher(Files.readString(PAGE)).results().toList()) {
            for (String step : ("\n" + session.group(1)).split("\n\\Q" + PROMPT + "\\E")) {
                if (step.isBlank()) continue;
                String[] parts = step.split("\n", 2);
                steps.add(new Step(parts[0], parts.length == 1 ? "" : parts[1].stripTrailing()));
            }
        }
        return steps;
    }

    private static Pattern pattern(String answer) {
        return Pattern.compile(
                Arrays.stream(answer.split(WHATEVER, -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining(".*")));
    }

    @Test
    void whatThePageShowsIsWhatHappens() throws IOException {
        Running lookupd =
                Launcher.start(
                        new Lookupd(),
                        "--tcp-address=127.0.0.1:0",
                        "--http-address=127.0.0.1:0",
                        "--log-level=error");
        try (OwnNsqd nsqd = OwnNsqd.start()) {
            List<Step> steps = steps();
            assertThat(steps).hasSizeGreaterThan(20);
            for (Step step : steps) {
                boolean asksLookupd = Curl.port(step.command) == LOOKUPD_HTTP;
                HostAndPort daemon = asksLookupd ? lookupd.http() : nsqd.http();
                assertThat(Curl.run(daemon, step.command).stripTrailing())
                        .as(step.command)
                        .matches(pattern(step.answer));
            }
        } finally {
            lookupd.stop();
        }
    }
}
