package io.sluice.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The prose in spec/ and the vectors tell the same story. */
class SpecTest {
    private static final Path SPEC = Path.of("spec");
    private static final Pattern MENTION = Pattern.compile("\\(vectors?:\\s+([^)]*)\\)");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)(?:#([^)]*))?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
    private static final Pattern CODE = Pattern.compile("\\bE_[A-Z]+(?:_[A-Z]+)*\\b");

    /** A row of the catalogue: text and fatality. */
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(E_[^`]*)` \\| (yes|no) \\|");

    @Test
    void everyVectorIsNamedInTheProseAndEveryNameIsOfAVector() throws IOException {
        Set<String> mentioned = new TreeSet<>();
        for (Path page : pages()) {
            found(MENTION, Files.readString(page))
                    .forEach(mention -> mentioned.addAll(List.of(mention.group(1).split(",\\s+"))));
        }
        assertThat(mentioned).containsExactlyInAnyOrderElementsOf(names());
    }

    @Test
    void namesAreUniqueAndSpeak() {
        List<JsonNode> all = VectorFile.all();
        assertThat(names()).hasSameSizeAs(all);
        assertThat(names()).allMatch(name -> name.matches("[a-z0-9]+(-[a-z0-9]+)*"));
        assertThat(all).allMatch(vector -> vector.required("shows").textValue().endsWith("."));
    }

    @Test
    void whatAVectorShowsToPeopleIsWhatItsBytesAre() {
        for (JsonNode vector : VectorFile.all()) {
            assertThat(vector.required("shown").textValue())
                    .as(vector.required("name").textValue())
                    .isEqualTo(VectorFile.shown(vector.required("bytes")));
        }
    }

    @Test
    void everyErrorOfAVectorIsInTheCatalogue() throws IOException {
        List<MatchResult> rows = found(ROW, catalogue()).toList();
        for (JsonNode vector : VectorFile.all()) {
            for (String field : new String[] {"error", "unfinished"}) {
                JsonNode error = vector.path(field);
                if (!error.isObject()) continue;
                String text = error.required("text").textValue();
                assertThat(rows)
                        .as("errors.md has a row for: " + text)
                        .anyMatch(row -> template(row.group(1)).matcher(text).matches());
            }
        }
    }

    @Test
    void theCatalogueHoldsEveryCodeWithItsFatality() throws IOException {
        Set<ErrorCode> codes = new TreeSet<>();
        found(ROW, catalogue())
                .forEach(
                        row -> {
                            ErrorCode code = ErrorCode.valueOf(row.group(1).split(" ")[0]);
                            codes.add(code);
                            assertThat(row.group(2))
                                    .as(row.group(1))
                                    .isEqualTo(code.fatal() ? "yes" : "no");
                        });
        assertThat(codes).containsExactly(ErrorCode.values());
    }

    @Test
    void noPageNamesACodeThatDoesNotExist() throws IOException {
        Set<String> codes =
                Arrays.stream(ErrorCode.values()).map(Enum::name).collect(Collectors.toSet());
        for (Path page : pages()) {
            assertThat(found(CODE, Files.readString(page)).map(MatchResult::group))
                    .as(page.toString())
                    .isSubsetOf(codes);
        }
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        for (Path page : pages()) {
            for (MatchResult link : found(LINK, Files.readString(page)).toList()) {
                Path target = page.resolveSibling(link.group(1));
                assertThat(target).as("link in " + page).exists();
                if (link.group(2) == null) continue;
                assertThat(anchors(target)).as("anchors of " + target).contains(link.group(2));
            }
        }
    }

    private static Set<String> anchors(Path page) throws IOException {
        return found(HEADING, Files.readString(page))
                .map(heading -> heading.group(1).toLowerCase())
                .map(heading -> heading.replaceAll("[^a-z0-9 -]", "").replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    private static Pattern template(String text) {
        return Pattern.compile(
                Arrays.stream(text.split("<[^>]*>", -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining("(?s:.*)")));
    }

    private static String catalogue() throws IOException {
        return Files.readString(SPEC.resolve("errors.md"));
    }

    private static Set<String> names() {
        return VectorFile.all().stream()
                .map(vector -> vector.required("name").textValue())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.list(SPEC)) {
            return files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
        }
    }

    private static Stream<MatchResult> found(Pattern pattern, String text) {
        return pattern.matcher(text).results();
    }
}
