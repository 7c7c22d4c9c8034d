package io.sluice.client.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZonedDateTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrftimeTest {
    @ParameterizedTest
    @CsvSource({
        "%Y-%m-%d_%H, 2026-03-09_00",
        "%A %a %B %b, Monday Mon March Mar",
        "%y%m%d %I:%M:%S %p, 260309 12:05:07 AM",
        "%z %Z, +0100 CET",
        "100%% %q %, 100% %q %",
        "'', ''"
    })
    void codesAreReplacedAndAllElseStays(String format, String expected) {
        ZonedDateTime time = ZonedDateTime.parse("2026-03-09T00:05:07+01:00[Europe/Berlin]");
        assertThat(Strftime.format(format, time)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0, 12 AM", "1, 01 AM", "11, 11 AM", "12, 12 PM", "13, 01 PM", "23, 11 PM"})
    void hoursOfTwelve(int hour, String expected) {
        ZonedDateTime time = ZonedDateTime.parse("2026-03-09T00:00:00Z").withHour(hour);
        assertThat(Strftime.format("%I %p", time)).isEqualTo(expected);
    }
}
