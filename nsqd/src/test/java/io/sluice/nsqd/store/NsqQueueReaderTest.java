package io.sluice.nsqd.store;

import static io.sluice.nsqd.store.NsqFiles.message;
import static io.sluice.nsqd.store.NsqFiles.record;
import static io.sluice.nsqd.store.NsqFiles.records;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.Bytes;
import io.sluice.protocol.Message;
import io.sluice.protocol.MessageId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NsqQueueReaderTest {
    private static final int MAX_MESSAGE_SIZE = 100_000;

    /** Bytes of a record in these tests, whose numbers have one digit. */
    private static final int RECORD = record(message(1, 0)).length;

    @TempDir Path directory;
    private NsqFiles files;
    private NsqQueueReport report;

    @BeforeEach
    void start() {
        files = new NsqFiles(directory);
    }

    private List<Message> read() throws IOException {
        List<NsqQueue> queues = NsqQueue.in(directory);
        assertThat(queues).hasSize(1);
        return read(queues.get(0));
    }

    private List<Message> read(NsqQueue queue) throws IOException {
        List<Message> messages = new ArrayList<>();
        try (NsqQueueReader reader = new NsqQueueReader(queue, MAX_MESSAGE_SIZE)) {
            Message message;
            while ((message = reader.next()) != null) messages.add(message);
            report = reader.report();
        }
        assertThat(report.messages()).isEqualTo(messages.size());
        return messages;
    }

    private static Message[] messages(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(i -> message(i, 0))
                .toArray(Message[]::new);
    }

    @Test
    void aRecordOfARealNsqd() throws IOException {
        byte[] real =
                HexFormat.of()
                        .parseHex(
                                "0000002e18e9d0ddf82bca24000131386132323033373463613639313362"
                                        + "6d2d30303331352e2e2e2e2e2e2e2e2e2e2e2e2e");
        files.segment("t", 0, real).positions("t", "1\n0,0\n0," + real.length + "\n");
        assertThat(read())
                .containsExactly(
                        new Message(
                                MessageId.of("18a220374ca6913b"),
                                1_795_195_578_253_822_500L,
                                1,
                                Bytes.utf8("m-00315.............")));
        assertThat(report.notes()).isEmpty();
    }

    @Test
    void queuesAreFoundByTheirNamesATopicsOwnFirst() throws IOException {
        files.queue("b", 1, 1).queue("b:c", 2, 2).queue("b;a", 3, 3).queue("a.diskqueue.x", 4, 4);
        Files.writeString(directory.resolve("bad name.diskqueue.000000.dat"), "");
        Files.writeString(directory.resolve("t.diskqueue.00001.dat"), "");
        Files.writeString(directory.resolve("nsqd.dat"), "");
        assertThat(NsqQueue.in(directory))
                .extracting(NsqQueue::toString)
                .containsExactly("a.diskqueue.x", "b", "b:a", "b:c");
    }

    @Test
    void readingStartsWhereNsqHadStopped() throws IOException {
        files.segment("t", 0, records(1, 3))
                .segment("t", 1, records(4, 6))
                .segment("t", 2, records(7, 9))
                .positions("t", "4\n1,%d\n2,%d\n".formatted(2 * RECORD, 3 * RECORD));
        assertThat(read()).containsExactly(messages(6, 9));
        assertThat(report.files()).isEqualTo(2);
        assertThat(report.expected()).isEqualTo(4);
        assertThat(report.notes())
                .containsExactly("t.diskqueue.000000.dat: consumed already, not read");
    }

    @Test
    void whatWasWrittenBehindTheLastSyncIsRead() throws IOException {
        files.segment("t:c", 0, records(1, 6))
                .segment("t:c", 1, records(7, 8))
                .positions("t:c", "1\n0,%d\n0,%d\n".formatted(RECORD, 2 * RECORD));
        assertThat(read()).containsExactly(messages(2, 8));
        assertThat(report.name()).isEqualTo("t:c");
        assertThat(report.notes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "x", "1\n0,0\n", "1\n0,-5\n0,0\n", "99999999999999999999\n0,0\n0,0\n"})
    void withoutPositionsAllIsRead(String positions) throws IOException {
        files.segment("t", 3, records(1, 2)).segment("t", 5, records(3, 4));
        if (!positions.isEmpty()) files.positions("t", positions);
        assertThat(read()).containsExactly(messages(1, 4));
        assertThat(report.expected()).isEqualTo(-1);
        assertThat(report.notes())
                .containsExactly(
                        "no positions to be read: all segments from the start",
                        "segments 4 to 4 are missing");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 25, 26 + MAX_MESSAGE_SIZE + 1, -1, Integer.MAX_VALUE})
    void aLengthThatCannotBeEndsItsFile(int length) throws IOException {
        byte[] bad =
                NsqFiles.changed(
                        records(3, 5), RECORD, length >>> 24, length >>> 16, length >>> 8, length);
        files.segment("t", 0, records(1, 2)).segment("t", 1, bad).segment("t", 2, records(6, 7));
        files.positions("t", "7\n0,0\n2,%d\n".formatted(2 * RECORD));
        List<Message> all = read();
        assertThat(all.subList(0, 3)).containsExactly(messages(1, 3));
        assertThat(all.subList(3, 5)).containsExactly(messages(6, 7));
        assertThat(report.notes())
                .containsExactly(
                        "t.diskqueue.000001.dat: a record's length is %d, not 26 to 100026"
                                        .formatted(length)
                                + " (--max-msg-size and 26) at %d: %d bytes not read"
                                        .formatted(RECORD, 2 * RECORD));
    }

    @Test
    void aRecordThatIsCutShortIsToldWhereverTheCutIs() throws IOException {
        byte[] whole = records(1, 2);
        for (int cut = RECORD + 1; cut < whole.length; cut++) {
            files.segment("t", 0, Arrays.copyOf(whole, cut));
            assertThat(read()).containsExactly(messages(1, 1));
            assertThat(report.notes().get(1))
                    .endsWith("cut short at %d: %d bytes not read".formatted(RECORD, cut - RECORD));
        }
    }

    @Test
    void messagesOfAllSizesUpToTheLimitAreRead() throws IOException {
        int[] sizes = {0, 1, 65_505, 65_506, 65_507, 65_510, MAX_MESSAGE_SIZE};
        List<Message> written = new ArrayList<>();
        byte[][] parts = new byte[sizes.length][];
        for (int i = 0; i < sizes.length; i++) {
            byte[] body = new byte[sizes[i]];
            Arrays.fill(body, (byte) i);
            written.add(new Message(MessageId.ofGuid(i), i, 65_535, Bytes.wrap(body)));
            parts[i] = record(written.get(i));
        }
        files.segment("t", 0, parts);
        assertThat(read()).isEqualTo(written);
    }

    @Test
    void whatCannotBeReadIsPassedOverAndTold() throws IOException {
        files.segment("t", 0, records(1, 1)).segment("t", 2, records(2, 2));
        Files.createDirectory(files.segment("t", 1));
        Files.writeString(directory.resolve("t.diskqueue.000000.dat.bad"), "bad");
        Files.writeString(directory.resolve("t.diskqueue.meta.dat.1234.tmp"), "");
        files.positions("t", "2\n0,%d\n2,%d\n".formatted(RECORD + 1, RECORD));
        assertThat(read()).containsExactly(messages(2, 2));
        assertThat(report.notes())
                .satisfiesExactly(
                        note -> assertThat(note).contains(".bad: put aside by NSQ as damaged"),
                        note -> assertThat(note).contains("000000.dat: it has only " + RECORD),
                        note -> assertThat(note).contains("000001.dat: "));
    }

    @Test
    void aSegmentThatIsMissingIsTold() throws IOException {
        files.segment("t", 2, records(1, 1)).positions("t", "9\n1,50\n2,100\n");
        assertThat(read()).containsExactly(messages(1, 1));
        assertThat(report.notes())
                .containsExactly("segment 1 is missing, which was to be read next");
    }

    @Test
    void aQueueThatWasEmptyHasNothing() throws IOException {
        files.positions("t", "0\n0,0\n0,0\n");
        assertThat(read()).isEmpty();
        assertThat(report.notes()).isEmpty();
        assertThat(report.expected()).isZero();
    }
}
