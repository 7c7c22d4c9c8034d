package io.sluice.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected texts are those of Go's fmt, as nsqd answers them; the vectors shown-… hold more. */
class ShownTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "plain, \"plain\"",
                "`a\"b\\c'd`, \"a\\\"b\\\\c'd\"",
                "`a\tb`, \"a\\tb\"",
                "abfnrtv, \"abfnrtv\"",
                "é, \"é\"",
                "中文, \"中文\"",
                "😀, \"😀\"",
                "\u2028, \"\\u2028\"",
                "\u00ad, \"\\u00ad\"",
                "\uFFFD, \"\uFFFD\"",
            })
    void quotesText(String text, String expected) {
        assertThat(Shown.quoted(latin1(text.getBytes(StandardCharsets.UTF_8)))).isEqualTo(expected);
    }

    @Test
    void quotesAnEmptyText() {
        assertThat(Shown.quoted("")).isEqualTo("\"\"");
    }

    @Test
    void quotesEveryControlCharacter() {
        StringBuilder controls = new StringBuilder();
        for (char c = 0; c < ' '; c++) controls.append(c);
        assertThat(Shown.quoted(controls + "\u007f"))
                .isEqualTo(
                        "\"\\x00\\x01\\x02\\x03\\x04\\x05\\x06\\a\\b\\t\\n\\v\\f\\r\\x0e\\x0f"
                                + "\\x10\\x11\\x12\\x13\\x14\\x15\\x16\\x17\\x18\\x19\\x1a\\x1b"
                                + "\\x1c\\x1d\\x1e\\x1f\\x7f\"");
    }

    @Test
    void quotesWhatIsNoUtf8ByteByByte() {
        assertThat(Shown.quoted("\u0080a\u00bf")).isEqualTo("\"\\x80a\\xbf\"");
        assertThat(Shown.quoted("\u00c3")).as("cut off").isEqualTo("\"\\xc3\"");
        assertThat(Shown.quoted("\u00e2\u0082")).as("cut off").isEqualTo("\"\\xe2\\x82\"");
        assertThat(Shown.quoted("\u00e2\u0082a")).as("broken").isEqualTo("\"\\xe2\\x82a\"");
        assertThat(Shown.quoted("\u00c1\u0081")).as("overlong").isEqualTo("\"\\xc1\\x81\"");
        assertThat(Shown.quoted("\u00ed\u00a0\u0080"))
                .as("half a pair")
                .isEqualTo("\"\\xed\\xa0\\x80\"");
        assertThat(Shown.quoted("\u00f4\u0090\u0080\u0080"))
                .as("above U+10FFFF")
                .isEqualTo("\"\\xf4\\x90\\x80\\x80\"");
        assertThat(Shown.quoted("\u00ff\u00c3\u00a9")).as("mixed").isEqualTo("\"\\xffé\"");
    }

    @Test
    void plainIsUtf8WithReplacements() {
        assertThat(Shown.plain("P\u00c3\u009cB")).isEqualTo("PÜB");
        assertThat(Shown.plain("P\u00ffB")).isEqualTo("P\uFFFDB");
    }

    private static String latin1(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
