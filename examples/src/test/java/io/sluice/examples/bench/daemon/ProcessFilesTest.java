package io.sluice.examples.bench.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ProcessFilesTest {
    private static final int BYTES = 1_000_000;

    @Test
    @EnabledOnOs(OS.LINUX)
    void whatIsWrittenIsCounted() throws IOException {
        // Not in a directory for temporary files, which may be one in memory.
        Path file = Files.createTempFile(Path.of("target"), "written", "");
        OptionalLong before = ProcessFiles.writtenBytes(ProcessHandle.current());
        Files.write(file, new byte[BYTES]);
        OptionalLong after = ProcessFiles.writtenBytes(ProcessHandle.current());
        Files.delete(file);

        assertThat(after.getAsLong() - before.getAsLong()).isGreaterThanOrEqualTo(BYTES);
    }
}
