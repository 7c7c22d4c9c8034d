package io.sluice.nsqd.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.nsqd.core.LogEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamagedSegmentTest {
    @TempDir Path data;
    private StoredLog log;

    @BeforeEach
    void write() throws IOException {
        log = new StoredLog(data);
        log.write();
    }

    @Test
    void aFlippedBitCostsTheRecordThatItIsIn() throws IOException {
        long[] offsets = log.offsets();
        int lsn = 1 + log.random.nextInt(StoredLog.COUNT);
        int at = log.random.nextInt((int) (offsets[lsn + 1] - offsets[lsn]) - 3 - 4);
        byte[] one = new byte[1];
        try (FileChannel channel = FileChannel.open(log.file(), StandardOpenOption.READ)) {
            channel.read(ByteBuffer.wrap(one), offsets[lsn] + at);
        }
        one[0] ^= (byte) (1 << log.random.nextInt(8));
        log.overwrite(offsets[lsn] + at, one);
        log.assertLost(lsn, lsn + 1);
    }

    @Test
    void zeroesOrNoiseInTheMiddleCostWhatTheyCover() throws IOException {
        long[] offsets = log.offsets();
        for (byte[] bytes : List.of(new byte[1024], log.noise(1024))) {
            int first = 200 + log.random.nextInt(300);
            log.overwrite(offsets[first] + 5, bytes);
            int until = first;
            while (offsets[until] < offsets[first] + 5 + bytes.length) until++;
            log.assertLost(first, until);
            log.write();
        }
    }

    @Test
    void aFileThatIsCutIsReadUpToThere() throws IOException {
        long[] offsets = log.offsets();
        int lsn = 1 + log.random.nextInt(StoredLog.COUNT);
        log.cut(offsets[lsn] + 10);
        Recovered recovered = log.recover();
        assertThat(recovered.entryCount()).isEqualTo(lsn);
        assertThat(recovered.nextLsn()).as("log.seed %d", log.seed).isEqualTo(lsn);
        log.assertReadable(recovered, 0);
    }

    @Test
    void aTailOfZeroesIsTheEnd() throws IOException {
        long[] offsets = log.offsets();
        log.overwrite(offsets[500], new byte[(int) (Files.size(log.file()) - offsets[500])]);
        Recovered recovered = log.recover();
        assertThat(recovered.entryCount()).isEqualTo(500);
        assertThat(recovered.nextLsn()).isEqualTo(500);
        log.assertReadable(recovered, 0);
    }

    @Test
    void damageAtTheVeryEndIsCountedToo() throws IOException {
        long[] offsets = log.offsets();
        log.overwrite(offsets[StoredLog.COUNT] + Record.HEADER_BYTES, log.noise(8));
        log.overwrite(offsets[StoredLog.COUNT + 1] + Record.HEADER_BYTES, log.noise(1));
        log.overwrite(Files.size(log.file()) - Record.HEADER_BYTES, new byte[Record.HEADER_BYTES]);
        assertThat(log.assertLost(StoredLog.COUNT, StoredLog.COUNT + 2).nextLsn())
                .isEqualTo(StoredLog.COUNT + 2);
    }

    @Test
    void anOverwrittenHeaderCostsNoMessage() throws IOException {
        long[] offsets = log.offsets();
        log.overwrite(0, log.noise((int) offsets[0] - 4));
        Recovered recovered = log.recover();
        assertThat(recovered.entryCount()).isEqualTo(StoredLog.COUNT + 2);
        assertThat(recovered.lostCount()).isZero();
    }

    @Test
    void noBytesAnywhereMakeItFail() throws IOException {
        byte[] intact = Files.readAllBytes(log.file());
        for (int i = 0; i < 200; i++) {
            byte[] bytes = intact.clone();
            for (int j = log.random.nextInt(4); j >= 0; j--) {
                byte[] noise = log.noise(log.random.nextInt(3000));
                int at = log.random.nextInt(bytes.length - noise.length);
                System.arraycopy(noise, 0, bytes, at, noise.length);
            }
            Files.write(log.file(), bytes);
            Recovered recovered = log.recover();
            for (LogEntry.Numbered entry : log.replayed) {
                if (entry.entry() instanceof LogEntry.Message m) {
                    assertThat(m.body().utf8())
                            .as("log.seed %d", log.seed)
                            .isEqualTo(StoredLog.body(entry.lsn()));
                }
            }
            assertThat(recovered.nextLsn()).isBetween(1L, StoredLog.COUNT + 2L);
        }
    }
}
