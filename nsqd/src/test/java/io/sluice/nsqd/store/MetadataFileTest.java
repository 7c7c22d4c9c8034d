package io.sluice.nsqd.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.daemon.StartException;
import io.sluice.protocol.TopicName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class MetadataFileTest {
    private static final Metadata ONE =
            new Metadata(List.of(new TopicMetadata(new TopicName("one"), true, null, List.of())));

    @TempDir Path directory;

    private MetadataFile file() {
        return new MetadataFile(directory);
    }

    private Path path() {
        return directory.resolve("nsqd.dat");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(p -> p.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aMissingFileIsAFreshStart() throws IOException {
        assertThat(file().read()).isEqualTo(Metadata.EMPTY);
        assertThat(names()).isEmpty();
    }

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        file().write(Metadata.EMPTY);
        file().write(ONE);
        assertThat(file().read()).isEqualTo(ONE);
        assertThat(names()).containsExactly("nsqd.dat");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void itIsForItsOwnerOnlyWhateverItWasBefore() throws IOException {
        Files.writeString(path(), "{}");
        file().write(ONE);
        assertThat(Files.getPosixFilePermissions(path()))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void leftoversOfWritesCutShortAreRemovedAtTheStart() throws IOException {
        Files.writeString(directory.resolve("nsqd.dat.123456789.tmp"), "");
        Files.writeString(directory.resolve("other.tmp"), "");
        file().write(ONE);
        assertThat(file().read()).isEqualTo(ONE);
        assertThat(names()).containsExactly("nsqd.dat", "other.tmp");
    }

    @Test
    void aFailedWriteLeavesNothingBehind() throws IOException {
        Files.createDirectories(path().resolve("in the way"));
        assertThatThrownBy(() -> file().write(ONE)).isInstanceOf(IOException.class);
        assertThat(names()).containsExactly("nsqd.dat");
    }

    @Test
    void aFileThatIsNotJsonKeepsTheDaemonFromStarting() throws IOException {
        Files.writeString(path(), "");
        assertThatThrownBy(() -> file().read())
                .isInstanceOf(StartException.class)
                .hasMessage(
                        "failed to load metadata - failed to parse metadata in %s"
                                + " - unexpected end of JSON input",
                        path());
    }

    @Test
    void aFileThatCannotBeReadKeepsTheDaemonFromStarting() throws IOException {
        Files.createDirectory(path());
        assertThatThrownBy(() -> file().read())
                .isInstanceOf(StartException.class)
                .hasMessage(
                        "failed to load metadata - failed to read metadata from %s"
                                + " - is a directory",
                        path());
    }
}
