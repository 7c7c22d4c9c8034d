package io.sluice.nsqd.store.tool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.nsqd.core.LogEntry;
import io.sluice.nsqd.core.LogEntry.Reach;
import io.sluice.nsqd.store.DataLock;
import io.sluice.nsqd.store.LogFiles;
import io.sluice.protocol.Bytes;
import io.sluice.protocol.MessageId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NsqdLogTest {
    @TempDir Path directory;
    private LogFiles files;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void start() {
        files = new LogFiles(directory);
    }

    private int run(String... args) {
        out.reset();
        err.reset();
        return new NsqdLog(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8))
                .run(args);
    }

    /** On the data path, without flags. */
    private int runOn(String command) {
        return run(command, directory.toString());
    }

    private void damaged() throws IOException {
        files.begin(0).messages(4).flip(files.offset(1) + 20).end();
        files.begin(9).messages(2).end();
    }

    @Test
    void aWholeLogIsCheckedAndFoundToBe() throws IOException {
        files.begin(0).messages(3).end();
        assertThat(runOn("check")).isZero();
        assertThat(out.toString(UTF_8))
                .isEqualTo(
                        "topic: 1 segments, 3 entries, 3 messages, lsn 0 to 2\n"
                                + "nothing is damaged\n");
        assertThat(runOn("repair")).isZero();
        assertThat(out.size()).isZero();
        assertThat(err.size()).isZero();
    }

    @Test
    void aDataPathWithoutLogsIsWhole() {
        assertThat(runOn("check")).isZero();
        assertThat(out.toString(UTF_8)).isEqualTo("nothing is damaged\n");
    }

    @Test
    void aLogWithoutEntriesHasNoLsns() throws IOException {
        Files.createDirectories(files.topic());
        assertThat(runOn("check")).isZero();
        assertThat(out.toString(UTF_8))
                .isEqualTo("topic: 0 segments, 0 entries, 0 messages\nnothing is damaged\n");
    }

    @Test
    void damageIsShownAndMended() throws IOException {
        damaged();
        assertThat(runOn("check")).isEqualTo(1);
        assertThat(out.toString(UTF_8))
                .startsWith("topic: 2 segments, 5 entries, 5 messages, lsn 0 to 10\n")
                .contains("topic: no segment has lsn 4 to 8\n")
                .containsPattern(
                        "topic: damaged: \\S+19700101L.cq4 at byte \\d+, \\d+ bytes:"
                                + " cannot be read, lsn 1 to 1\n")
                .endsWith("1 places are damaged\n");
        assertThat(runOn("repair")).isZero();
        assertThat(out.toString(UTF_8)).contains("topic: taken out: ", "it is kept as ");
        assertThat(runOn("check")).isZero();
        assertThat(out.toString(UTF_8)).contains("topic: 1 entries were left out\n");
    }

    @Test
    void everyReadableMessageIsPrinted() throws IOException {
        damaged();
        assertThat(runOn("export")).isEqualTo(1);
        assertThat(out.toString(UTF_8).lines())
                .hasSize(5)
                .first()
                .isEqualTo(
                        "{\"topic\":\"topic\",\"lsn\":0,\"id\":\"0000000000000000\","
                                + "\"timestamp\":0,\"body\":\"body-0\"}");
        assertThat(err.toString(UTF_8)).contains("nsqd-log: ", "lsn 1 to 1");
        assertThat(run("export", directory.toString(), "--format=raw")).isEqualTo(1);
        assertThat(out.toString(UTF_8)).isEqualTo("body-0\nbody-2\nbody-3\nbody-9\nbody-10\n");
    }

    @Test
    void whatIsNoTextIsPrintedInBase64AndADueTimeIfThereIsOne() throws IOException {
        Bytes body = Bytes.wrap(new byte[] {(byte) 0xff, 0, 10});
        MessageId id = MessageId.ofGuid(7);
        files.begin(0)
                .entry(new LogEntry.Message(Reach.DEFERRED, id, 5, 9, body))
                .entry(new LogEntry.TopicEmptied())
                .entry(new LogEntry.Message(Reach.ASIDE, id, 5, 5, Bytes.utf8("\"ä\n")))
                .end();
        assertThat(runOn("export")).isZero();
        String start = "{\"topic\":\"topic\",\"lsn\":";
        assertThat(out.toString(UTF_8).lines())
                .containsExactly(
                        start
                                + "0,\"id\":\"0000000000000007\",\"timestamp\":5,\"due\":9,"
                                + "\"body_base64\":\"/wAK\"}",
                        start
                                + "2,\"id\":\"0000000000000007\",\"timestamp\":5,"
                                + "\"body\":\"\\\"ä\\n\"}");
    }

    @Test
    void oneTopicCanBeChosen() throws IOException {
        damaged();
        assertThat(run("check", directory.toString(), "--topic=topic")).isEqualTo(1);
        assertThat(run("check", directory.toString(), "--topic=other")).isEqualTo(1);
        assertThat(err.toString(UTF_8))
                .isEqualTo("nsqd-log: topic 'other' has no log in " + directory + "\n");
    }

    @Test
    void aDaemonThatRunsIsNotDisturbed() throws IOException {
        damaged();
        try (DataLock lock = DataLock.acquire(directory)) {
            for (String command : new String[] {"check", "export", "repair"}) {
                assertThat(runOn(command)).isEqualTo(1);
                assertThat(err.toString(UTF_8))
                        .startsWith("nsqd-log: failed to lock data-path: cannot flock directory ");
                assertThat(out.size()).isZero();
            }
            assertThat(lock).isNotNull();
        }
    }

    @Test
    void whatIsNoCommandLineIsAnsweredWithTheUsage() {
        String path = directory.toString();
        assertUsage("COMMAND is missing");
        assertUsage("there is no command 'mend'", "mend", path);
        assertUsage("DIR is missing", "check");
        assertUsage("DIR is missing", "check", "--topic=x");
        assertUsage("'more' is too much", "check", path, "--topic=x", "more");
        assertThat(run("check", path, "--tropic=x")).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("--tropic", "--topic");
        assertThat(run("check", path, "--format=xml")).isZero();
        assertThat(run("export", path, "--format=xml")).isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains("--format must be json or raw, not 'xml'");
    }

    private void assertUsage(String why, String... args) {
        assertThat(run(args)).isEqualTo(2);
        assertThat(err.toString(UTF_8))
                .startsWith("nsqd-log: " + why + "\nusage: nsqd-log COMMAND DIR [FLAGS]\n");
    }

    @Test
    void itTellsItsUsageAndItsVersion() {
        assertThat(run("--help")).isZero();
        assertThat(err.toString(UTF_8)).contains("check DIR", "--format word");
        assertThat(run("--version")).isZero();
        assertThat(out.toString(UTF_8)).startsWith("nsqd-log v1.");
    }
}
