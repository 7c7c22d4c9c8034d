package io.sluice.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tests that spec/conformance.md names are there. */
class ConformanceTest {
    private static final Path PAGE = Path.of("spec", "conformance.md");
    private static final Pattern NAMED = Pattern.compile("`([A-Z][A-Za-z0-9]*Test)\\.(\\w+)`");

    @Test
    void everyTestThatIsNamedExists() throws IOException {
        Map<String, String> sources = sources();
        Set<String> missing = new TreeSet<>();
        NAMED.matcher(Files.readString(PAGE))
                .results()
                .filter(
                        named ->
                                !sources.getOrDefault(named.group(1), "")
                                        .contains("void " + named.group(2) + "("))
                .forEach(named -> missing.add(named.group()));
        assertThat(missing).isEmpty();
    }

    /** By class name; of classes of the same name, all of them. */
    private static Map<String, String> sources() throws IOException {
        Map<String, String> sources = new HashMap<>();
        for (Path module : modules()) {
            try (Stream<Path> files = Files.walk(module.resolve("src/test/java"))) {
                List<Path> tests =
                        files.filter(f -> f.toString().endsWith("Test.java"))
                                .collect(Collectors.toList());
                for (Path test : tests) {
                    String name = test.getFileName().toString().replace(".java", "");
                    sources.merge(name, Files.readString(test), String::concat);
                }
            }
        }
        return sources;
    }

    private static List<Path> modules() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of(".."))) {
            return folders.filter(f -> Files.isDirectory(f.resolve("src/test/java"))).toList();
        }
    }
}
