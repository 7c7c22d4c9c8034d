package io.sluice.examples.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpConnectionTest {
    private static final String REQUEST = "POST /pub?topic=t HTTP/1.1\r\n\r\n";
    private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK";

    private final ScriptedDaemon daemon = new ScriptedDaemon();
    private final HttpConnection connection = daemon.connectHttp();
    private final ExecutorService other = Executors.newSingleThreadExecutor();

    HttpConnectionTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        other.shutdownNow();
        connection.close();
        daemon.close();
    }

    @Test
    void anAnswerIsWaitedForHoweverItIsCut() throws Exception {
        Future<?> cut =
                other.submit(
                        () -> {
                            daemon.read(REQUEST.length());
                            for (byte one : ascii(ANSWER)) daemon.sendRaw(new byte[] {one});
                            return null;
                        });
        exchange();
        cut.get();
        daemon.sendRaw(ascii(ANSWER));
        exchange();

        assertThat(daemon.read(REQUEST.length())).isEqualTo(REQUEST);
    }

    @Test
    void aRefusalFailsWithItsWords() throws Exception {
        daemon.sendRaw(ascii("HTTP/1.1 413 X\r\nContent-Length: 11\r\n\r\nMSG_TOO_BIG"));

        assertThatExceptionOfType(BenchException.class)
                .isThrownBy(this::exchange)
                .withMessageStartingWith("the daemon answered HTTP/1.1 413 X")
                .withMessageEndingWith("MSG_TOO_BIG");
    }

    @Test
    void moreThanOneAnswerFails() throws Exception {
        daemon.sendRaw(ascii(ANSWER + "H"));

        assertThatExceptionOfType(BenchException.class)
                .isThrownBy(this::exchange)
                .withMessage("two answers came to one");
    }

    @Test
    void anAnswerThatDoesNotEndFails() throws Exception {
        daemon.sendRaw(ascii("HTTP/1.1 200 OK\r\nContent-Length: 16384\r\n\r\n"));

        assertThatExceptionOfType(BenchException.class)
                .isThrownBy(this::exchange)
                .withMessage("an answer of more than 16384 B came");
    }

    @Test
    void aConnectionThatTheDaemonClosesFails() throws Exception {
        daemon.sendRaw(ascii(ANSWER.substring(0, ANSWER.length() - 1)));
        daemon.endOfStream();

        assertThatExceptionOfType(EOFException.class).isThrownBy(this::exchange);
    }

    private void exchange() throws IOException {
        connection.exchange(ByteBuffer.wrap(ascii(REQUEST)));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
