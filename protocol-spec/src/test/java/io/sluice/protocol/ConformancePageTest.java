package io.sluice.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tests that spec/conformance.md names are there. */
class ConformancePageTest {
    private static final Path ROOT = Path.of(System.getProperty("sluice.root"));
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w*Test)(?:\\.(\\w+))?`");

    private static String sources(String testClass) throws IOException {
        StringBuilder sources = new StringBuilder();
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path module : modules.toList()) {
                Path tests = module.resolve("src/test/java");
                if (!Files.isDirectory(tests)) continue;
                try (Stream<Path> files = Files.walk(tests)) {
                    List<Path> found =
                            files.filter(file -> file.endsWith(testClass + ".java")).toList();
                    for (Path file : found) sources.append(Files.readString(file));
                }
            }
        }
        return sources.toString();
    }

    @Test
    void everyTestThatIsNamedExists() throws IOException {
        String page = Files.readString(ROOT.resolve("protocol-spec/spec/conformance.md"));
        List<MatchResult> all = NAMED.matcher(page).results().toList();
        assertThat(all).hasSizeGreaterThan(50);
        for (String testClass : all.stream().map(n -> n.group(1)).collect(Collectors.toSet())) {
            String sources = sources(testClass);
            assertThat(sources).as(testClass).isNotEmpty();
            for (MatchResult named : all) {
                if (!named.group(1).equals(testClass) || named.group(2) == null) continue;
                assertThat(sources).as(named.group()).contains("void " + named.group(2) + "(");
            }
        }
    }

    @Test
    void everyRowNamesATest() throws IOException {
        String page = Files.readString(ROOT.resolve("protocol-spec/spec/conformance.md"));
        assertThat(page.lines().filter(line -> line.startsWith("| ")))
                .filteredOn(line -> !line.startsWith("| What"))
                .allMatch(line -> NAMED.matcher(line).find());
    }
}
