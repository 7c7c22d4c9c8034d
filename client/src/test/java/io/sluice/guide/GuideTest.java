package io.sluice.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each snippet of the guide stands in a source that compiles, and the other way round. */
class GuideTest {
    private static final Path ROOT = Path.of(System.getProperty("sluice.root"));
    private static final List<Path> SOURCES =
            List.of(
                    ROOT.resolve("client/src/test/java/io/sluice/guide/GuideSnippets.java"),
                    ROOT.resolve("nsqd/junit/src/test/java/io/sluice/nsqd/junit/OrdersTest.java"));
    private static final Pattern SHOWN = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern COMPILED =
            Pattern.compile(" *// guide: [a-z-]+\n(.*?) *// end\n", Pattern.DOTALL);

    @Test
    void whatIsShownIsWhatCompiles() throws IOException {
        List<String> shown = all(SHOWN, ROOT.resolve("client/GUIDE.md"));
        assertThat(shown).hasSizeGreaterThan(10);
        assertThat(compiled()).containsExactlyInAnyOrderElementsOf(shown);
    }

    private static List<String> compiled() throws IOException {
        StringBuilder all = new StringBuilder();
        for (Path source : SOURCES) {
            all.append(String.join("\n---\n", all(COMPILED, source))).append("\n---\n");
        }
        return List.of(all.toString().split("\n---\n"));
    }

    private static List<String> all(Pattern pattern, Path file) throws IOException {
        return pattern.matcher(Files.readString(file))
                .results()
                .map(found -> found.group(1).stripTrailing().stripIndent())
                .collect(Collectors.toList());
    }
}
