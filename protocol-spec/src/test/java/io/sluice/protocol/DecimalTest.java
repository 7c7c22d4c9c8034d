package io.sluice.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTest {
    @ParameterizedTest
    @CsvSource({
        "'', 0",
        "0, 0",
        "007, 7",
        "9223372036854775807, 9223372036854775807",
        "9223372036854775808, -9223372036854775808",
        "18446744073709551615, -1",
        "18446744073709551616, 0",
        "18446744073709551617, 1",
        "340282366920938463463374607431768211457, 1"
    })
    void wrapsRoundAt64Bits(String digits, long value) {
        assertThat(Decimal.isValid(digits)).isTrue();
        assertThat(Decimal.parse(digits)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "+1", " 1", "1 ", "1.0", "1e3", "0x1", "1_000", "/", ":", "٣"})
    void takesDigitsOnly(String text) {
        assertThat(Decimal.isValid(text)).isFalse();
    }

    @Test
    void takesALineOfDigits() {
        assertThat(Decimal.isValid("0".repeat(Limits.LINE_LENGTH))).isTrue();
        assertThat(Decimal.parse("0".repeat(Limits.LINE_LENGTH) + "5")).isEqualTo(5);
    }
}
