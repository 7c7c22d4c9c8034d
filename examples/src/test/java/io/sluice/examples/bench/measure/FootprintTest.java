package io.sluice.examples.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.examples.bench.daemon.ProcessMemory;
import io.sluice.examples.bench.daemon.Sink;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class FootprintTest {
    private static final int MIB = 1 << 20;

    @Test
    void theGrowthIsSharedOutAndShownBesideTheWhole() {
        Footprint footprint = new Footprint(2 * MIB, 5 * MIB);

        assertThat(footprint.figures("consumer", Figure.Unit.KIB, 1_024))
                .map(figure -> figure.name() + " " + figure.unit().show(figure.value()))
                .containsExactly(
                        "resident/consumer 3.0 KiB",
                        "resident before 2.0 MiB",
                        "resident after 5.0 MiB");
    }

    @Test
    void whatIsUnknownStaysUnknown() throws Exception {
        try (Sink sink = new Sink()) {
            double bytes = Footprint.bytes(sink);

            assertThat(new Footprint(bytes, bytes).figures("message", Figure.Unit.BYTES, 1))
                    .allMatch(figure -> figure.unit().show(figure.value()).equals("n/a"));
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aProcessOccupiesAtLeastWhatItHolds() {
        OptionalLong resident = ProcessMemory.residentBytes(ProcessHandle.current());

        assertThat(resident.getAsLong()).isGreaterThan(10 * MIB);
    }
}
