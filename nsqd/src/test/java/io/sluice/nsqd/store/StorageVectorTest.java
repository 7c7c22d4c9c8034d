package io.sluice.nsqd.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.nsqd.core.LogEntry;
import io.sluice.protocol.TopicName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The bytes on disk, as protocol-spec/spec/storage.md has them. */
class StorageVectorTest {
    @TempDir Path directory;

    static Iterable<StorageVector> all() {
        return StorageVector.all();
    }

    static Iterable<StorageVector> good() {
        return StorageVector.all().stream().filter(v -> v.malformed() == null).toList();
    }

    private static Record encode(StorageVector vector) {
        Record record = new Record();
        switch (vector.kind()) {
            case "segmentHeader" -> {
                TopicName topic = new TopicName(vector.json().required("topic").textValue());
                record.header(new SegmentHeader(vector.number("version"), topic, vector.lsn()));
            }
            case "segmentEnd" -> record.segmentEnd();
            case "omitted" -> record.omitted(vector.number("count"));
            default -> record.entry(vector.entry());
        }
        return record.stamp(vector.lsn());
    }

    @ParameterizedTest
    @MethodSource("good")
    void whatItTellsIsWrittenAsItsBytes(StorageVector vector) {
        Record record = encode(vector);
        assertThat(Arrays.copyOf(record.array(), record.length())).isEqualTo(vector.bytes());
    }

    /** Behind four bytes that Chronicle puts in front of each. */
    @ParameterizedTest
    @MethodSource("all")
    void itsBytesAreFoundInAFile(StorageVector vector) throws IOException {
        byte[] bytes = vector.bytes();
        Path path = directory.resolve("file");
        Files.write(path, ByteBuffer.allocate(4 + bytes.length).position(4).put(bytes).array());
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            RecordScanner scanner = new RecordScanner(file, file.size(), 64);
            scanner.toStart(vector.lsn());
            assertThat(scanner.next()).isTrue();
            assertThat(scanner.lsn()).isEqualTo(vector.lsn());
            assertThat(scanner.offset()).isEqualTo(4);
            assertThat(scanner.end()).isEqualTo(file.size());
            assertThat(scanner.next()).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void itsBytesTellTheEntryOrAreRefused(StorageVector vector) throws MalformedEntry {
        byte[] bytes = vector.bytes();
        int length = bytes.length - Record.HEADER_BYTES;
        ByteBuffer payload = ByteBuffer.wrap(bytes, Record.HEADER_BYTES, length);
        byte type = bytes[Record.TYPE_AT];
        if (vector.malformed() != null) {
            assertThatThrownBy(() -> EntryCodec.decode(type, payload))
                    .isInstanceOf(MalformedEntry.class)
                    .hasMessage(vector.malformed());
        } else if (!Set.of("segmentHeader", "segmentEnd", "omitted").contains(vector.kind())) {
            LogEntry entry = EntryCodec.decode(type, payload);
            if (entry instanceof LogEntry.Finished finished) {
                assertThat(finished.lsns()).isEqualTo(((LogEntry.Finished) vector.entry()).lsns());
            } else {
                assertThat(entry).isEqualTo(vector.entry());
            }
        }
    }

    @Test
    void thereIsOneOfEachType() {
        Set<Byte> types = new TreeSet<>();
        for (StorageVector vector : all()) types.add(vector.bytes()[Record.TYPE_AT]);
        for (byte type = 0; type <= Record.LAST_TYPE; type++) assertThat(types).contains(type);
    }
}
