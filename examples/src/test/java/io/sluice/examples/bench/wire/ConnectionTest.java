package io.sluice.examples.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sluice.protocol.Frame;
import org.junit.jupiter.api.Test;

class ConnectionTest {
    private static final int SIZE = 40;

    @Test
    void framesAreFoundHoweverTheyAreCut() throws Exception {
        byte[] bytes =
                ScriptedDaemon.encoded(
                        Frame.OK, ScriptedDaemon.message(77, SIZE), Frame.CLOSE_WAIT);
        try (ScriptedDaemon daemon = new ScriptedDaemon();
                Connection connection = daemon.connect(0)) {
            StringBuilder found = new StringBuilder();
            for (byte one : bytes) {
                daemon.sendRaw(new byte[] {one});
                connection.receive();
                while (connection.next()) found.append(kind(connection)).append(' ');
            }

            assertThat(found.toString()).isEqualTo("OK 77 CLOSE_WAIT ");
        }
    }

    @Test
    void aFrameLengthThatCannotBeIsRefused() throws Exception {
        try (ScriptedDaemon daemon = new ScriptedDaemon();
                Connection connection = daemon.connect(0)) {
            daemon.sendRaw(new byte[] {0x7f, -1, -1, -1});
            connection.receive();

            assertThatExceptionOfType(BenchException.class)
                    .isThrownBy(connection::next)
                    .withMessage("a frame of 2147483647 bytes came");
        }
    }

    private static String kind(Connection connection) {
        if (connection.isOk()) return "OK";
        if (connection.isCloseWait()) return "CLOSE_WAIT";
        return connection.isMessage() ? Long.toString(connection.dataLong(26)) : "?";
    }
}
