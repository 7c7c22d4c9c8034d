package io.sluice.examples.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpHeadTest {
    private static final String HEAD =
            "HTTP/1.1 200 OK\r\nX-Content-Length: 7\r\ncontent-LENGTH:  2 \r\nX: 1\r\n\r\n";

    @Test
    void itIsFoundOnceItIsWhole() {
        for (int length = 0; length < HEAD.length(); length++) {
            assertThat(HttpHead.find(ascii(HEAD.substring(0, length)))).isNull();
        }
        HttpHead whole = HttpHead.find(ascii(HEAD + "OK"));
        assertThat(whole).isEqualTo(new HttpHead(HEAD.length(), 2));
        assertThat(whole.bodyEnd()).isEqualTo(HEAD.length() + 2);
    }

    @Test
    void itMayLieBehindOtherBytes() {
        ByteBuffer in = ascii("OK" + HEAD).position(2);

        assertThat(HttpHead.find(in)).isEqualTo(new HttpHead(2 + HEAD.length(), 2));
        assertThat(in.position()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Transfer-Encoding: chunked", "Content-Length: x"})
    void aBodyWithoutALengthIsRefused(String header) {
        refuses(header);
    }

    @Test
    void aLengthThatCannotBeIsRefused() {
        refuses("Content-Length: 10000000000");
    }

    private static void refuses(String header) {
        ByteBuffer in = ascii("HTTP/1.1 200 OK\r\n" + header + "\r\n\r\n");

        assertThatExceptionOfType(BenchException.class)
                .isThrownBy(() -> HttpHead.find(in))
                .withMessageContaining("Content-Length");
    }

    private static ByteBuffer ascii(String text) {
        return StandardCharsets.US_ASCII.encode(text);
    }
}
