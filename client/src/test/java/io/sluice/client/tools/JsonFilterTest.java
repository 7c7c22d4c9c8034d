package io.sluice.client.tools;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonFilterTest {
    private static String apply(JsonFilter filter, String body) throws Exception {
        byte[] out = filter.apply(body.getBytes(UTF_8));
        return out == null ? null : new String(out, UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "a; '';     {\"a\": null};  true",
                "a; '';     {\"b\": 1};     false",
                "a; 1;      {\"a\": 1};     true",
                "a; 1;      {\"a\": 1.0};   true",
                "a; 1;      {\"a\": \"1\"}; true",
                "a; 1.0;    {\"a\": \"1\"}; false",
                "a; 1;      {\"a\": 2};     false",
                "a; x;      {\"a\": \"x\"}; true",
                "a; x;      {\"a\": null};  false",
                "a; true;   {\"a\": true};  false"
            })
    void theRequiredFieldDecides(String field, String value, String body, boolean passes)
            throws Exception {
        JsonFilter filter = new JsonFilter(field, value, List.of());
        assertThat(apply(filter, body)).isEqualTo(passes ? body : null);
    }

    @Test
    void aMissingFieldWithARequiredValueIsTriedAgain() {
        JsonFilter filter = new JsonFilter("a", "1", List.of());
        assertThatThrownBy(() -> apply(filter, "{}"))
                .isInstanceOf(JsonFilter.MissingFieldException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"no json", "[1]", "{\"a\": 1", "{} {}", "''"})
    void whatIsNoObjectIsNamed(String body) {
        JsonFilter filter = new JsonFilter("a", "", List.of());
        assertThatThrownBy(() -> apply(filter, body))
                .isInstanceOf(JsonFilter.NoObjectException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"z\": 1, \"b\": {\"y\": [1, 2.5], \"x\": null}, \"a\": \"\u00e9\"};"
                        + "{\"a\":\"\u00e9\",\"b\":{\"x\":null,\"y\":[1,2.5]}}",
                "{\"a\": 12345678901234567890}; {\"a\":12345678901234567000}",
                "{\"a\": 1e30, \"b\": 1.5e-9}; {\"a\":1e+30,\"b\":1.5e-9}",
                "{\"c\": 1}; {}"
            })
    void onlyTheFieldsOfTheWhitelistAreKept(String body, String kept) throws Exception {
        JsonFilter filter = new JsonFilter("", "", List.of("b", "a", "a"));
        assertThat(apply(filter, body)).isEqualTo(kept);
    }
}
