package io.sluice.examples.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyncTimeTest {
    @TempDir Path directory;

    @Test
    void itTakesTimeAndLeavesNothing() throws IOException {
        assertThat(SyncTime.medianNs(directory)).isPositive();
        assertThat(directory).isEmptyDirectory();
    }
}
