package io.sluice.examples.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sluice.examples.bench.wire.BenchException;
import io.sluice.examples.bench.wire.Connection;
import io.sluice.examples.bench.wire.ScriptedDaemon;
import io.sluice.protocol.Bytes;
import io.sluice.protocol.Frame;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConsumerTest {
    private static final int SIZE = 16;
    private static final int LIMIT = 10;
    private static final int READY = 2;
    private static final String MAGIC_AND_RDY = "  V2RDY 2\n";

    private final ScriptedDaemon daemon = new ScriptedDaemon();
    private final Connection connection = daemon.connect(Consumer.frameLength(SIZE));
    private final Progress received = new Progress();
    private final Receipts receipts = new Receipts(LIMIT);
    private final Consumer consumer = new Consumer(connection, READY, SIZE, receipts, received);

    ConsumerTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        connection.close();
        daemon.close();
    }

    @Test
    void everyMessageIsFinishedAndTheAnswerToClsIsTheEnd() throws Exception {
        daemon.send(message(0), message(1), Frame.CLOSE_WAIT);

        consumer.run();

        assertThat(received.count()).isEqualTo(2);
        assertThat(daemon.read(52))
                .isEqualTo(MAGIC_AND_RDY + "FIN 0000000000000000\nFIN 0000000000000001\n");
    }

    @Test
    void aHeartbeatIsAnsweredAmongMessages() throws Exception {
        daemon.send(message(3), Frame.HEARTBEAT, Frame.CLOSE_WAIT);

        consumer.run();

        assertThat(daemon.read(35)).isEqualTo(MAGIC_AND_RDY + "FIN 0000000000000003\nNOP\n");
    }

    @Test
    void moreInFlightThanReadyFails() throws Exception {
        daemon.send(message(0), message(1), message(2));

        fails("3 messages are in flight, RDY is 2");
    }

    @Test
    void aMessageThatComesTwiceFails() throws Exception {
        daemon.send(message(4), message(4));

        fails("message 4 came twice");
    }

    @Test
    void aBodyOfAnotherLengthFails() throws Exception {
        daemon.send(ScriptedDaemon.message(0, SIZE + 1));

        assertThatExceptionOfType(BenchException.class)
                .isThrownBy(consumer::run)
                .withMessageStartingWith("the daemon sent, unasked: type 2");
    }

    @Test
    void aRefusedFinFails() throws Exception {
        daemon.send(new Frame.Error(Bytes.utf8("E_FIN_FAILED FIN 1 failed")));

        fails("the daemon answered E_FIN_FAILED FIN 1 failed");
    }

    @Test
    void aConnectionThatTheDaemonClosesFails() throws Exception {
        daemon.close();

        assertThatExceptionOfType(IOException.class).isThrownBy(consumer::run);
    }

    private static Frame message(long number) {
        return ScriptedDaemon.message(number, SIZE);
    }

    private void fails(String message) {
        assertThatExceptionOfType(BenchException.class)
                .isThrownBy(consumer::run)
                .withMessage(message);
    }
}
