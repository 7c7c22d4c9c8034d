package io.sluice.examples.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CatalogueTest {
    private static final Catalogue CATALOGUE = new Catalogue(3, 50, 250, null);

    @Test
    void aWholeNameChoosesThatOneAlone() {
        assertThat(chosen("publish-pub", "http-pub")).containsExactly("publish-pub", "http-pub");
    }

    @Test
    void theStartOfANameChoosesAllThatBeginSo() {
        assertThat(chosen("publish-p", "http-m"))
                .containsExactly(
                        "publish-pub",
                        "publish-pub-1k",
                        "publish-pub-64k",
                        "publish-pub-1m",
                        "http-mpub-text",
                        "http-mpub-binary");
    }

    @Test
    void noNameIsUsedTwice() {
        List<Scenario> all =
                Stream.of(
                                CATALOGUE.ofDaemons(),
                                CATALOGUE.ofDisk(),
                                CATALOGUE.ofMemory(),
                                CATALOGUE.ofLevels(),
                                CATALOGUE.ofSelf())
                        .flatMap(List::stream)
                        .toList();

        assertThat(all).extracting(Scenario::name).doesNotHaveDuplicates();
    }

    @Test
    void aSizeThatIsInTheNameIsNotOverruled() {
        assertThat(settings("publish-pub", "publish-pub-64k"))
                .containsExactly(
                        "PUB 50 B, 3 connection(s) x 128 outstanding",
                        "PUB 65536 B, 3 connection(s) x 16 outstanding");
    }

    private static List<String> chosen(String... words) {
        List<Scenario> chosen = Catalogue.chosen(CATALOGUE.ofDaemons(), List.of(words));
        return chosen.stream().map(Scenario::name).toList();
    }

    private static List<String> settings(String... words) {
        List<Scenario> chosen = Catalogue.chosen(CATALOGUE.ofDaemons(), List.of(words));
        return chosen.stream().map(Scenario::setting).toList();
    }
}
