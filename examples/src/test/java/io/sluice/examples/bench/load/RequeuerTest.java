package io.sluice.examples.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sluice.examples.bench.wire.BenchException;
import io.sluice.examples.bench.wire.Connection;
import io.sluice.examples.bench.wire.ScriptedDaemon;
import io.sluice.protocol.Frame;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequeuerTest {
    private static final int SIZE = 16;
    private static final int LIMIT = 10;
    private static final String MAGIC_AND_RDY = "  V2RDY 5\n";

    private final ScriptedDaemon daemon = new ScriptedDaemon();
    private final Connection connection = daemon.connect(Consumer.frameLength(SIZE));
    private final Progress received = new Progress();

    RequeuerTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        connection.close();
        daemon.close();
    }

    @Test
    void everyMessageIsRequeuedSoOftenAndThenFinished() throws Exception {
        Requeuer requeuer = requeuer(1, Duration.ZERO);
        daemon.send(message(0, 1), message(3, 1), message(0, 2), Frame.CLOSE_WAIT);

        requeuer.run();

        assertThat(daemon.read(77))
                .isEqualTo(
                        MAGIC_AND_RDY
                                + "REQ 0000000000000000 0\n"
                                + "REQ 0000000000000003 0\n"
                                + "FIN 0000000000000000\n");
        assertThat(received.count()).isEqualTo(3);
        assertThat(requeuer.latenessNs().getTotalCount()).isEqualTo(1);
    }

    @Test
    void aMessageThatComesBeforeItsTimeFails() throws Exception {
        daemon.send(message(0, 1), message(0, 2));

        assertThatExceptionOfType(BenchException.class)
                .isThrownBy(requeuer(1, Duration.ofHours(1))::run)
                .withMessageStartingWith("message 0 came ")
                .withMessageEndingWith(" ns too early");
    }

    @Test
    void aMessageThatComesTwiceFails() throws Exception {
        daemon.send(message(0, 1), message(0, 1));

        fails("message 0 came for the 2. time as attempt 1, of 2");
    }

    @Test
    void aFinishedMessageThatComesAgainFails() throws Exception {
        daemon.send(message(0, 1), message(0, 2), message(0, 3));

        fails("message 0 came for the 3. time as attempt 3, of 2");
    }

    @Test
    void aMessageThatNobodyPublishedFails() throws Exception {
        daemon.send(message(LIMIT, 1));

        assertThatExceptionOfType(BenchException.class)
                .isThrownBy(requeuer(1, Duration.ZERO)::run)
                .withMessageStartingWith("the daemon sent, unasked: type 2");
    }

    private Requeuer requeuer(int times, Duration delay) {
        return new Requeuer(connection, 5, times, delay, LIMIT, received);
    }

    private static Frame message(long number, int attempt) {
        return ScriptedDaemon.message(number, attempt, SIZE);
    }

    private void fails(String message) {
        assertThatExceptionOfType(BenchException.class)
                .isThrownBy(requeuer(1, Duration.ZERO)::run)
                .withMessage(message);
    }
}
