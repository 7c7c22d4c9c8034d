package io.sluice.examples.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sluice.protocol.TopicName;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PublishRequestTest {
    private static final TopicName TOPIC = new TopicName("orders");

    @ParameterizedTest
    @CsvSource({
        "PUB, 1, /pub?topic=orders, xxx",
        "MPUB_TEXT, 2, /mpub?topic=orders, xxx;xxx;",
        "MPUB_BINARY, 2, /mpub?topic=orders&binary=true, 0002 0003xxx 0003xxx",
    })
    void everyFormIsARequestOfItsOwn(PublishForm form, int batch, String path, String bodyInWords) {
        String body =
                bodyInWords
                        .replace(';', '\n')
                        .replace(" ", "")
                        .replace('0', '\0')
                        .replace('2', '\2')
                        .replace('3', '\3');

        assertThat(encoded(new Publishing(form, 1, batch, 1, 3)))
                .isEqualTo(
                        "POST "
                                + path
                                + " HTTP/1.1\r\nHost: bench\r\nContent-Length: "
                                + body.length()
                                + "\r\n\r\n"
                                + body);
    }

    @ParameterizedTest
    @EnumSource(names = {"MPUB_TEXT", "MPUB_BINARY"})
    void aRequestThatNoDaemonWouldTakeIsRefusedBeforeItIsMade(PublishForm form) {
        assertThatExceptionOfType(BenchException.class)
                .isThrownBy(() -> encoded(new Publishing(form, 1, 100, 1, 1_048_576)))
                .withMessageStartingWith("a request of HTTP mpub ")
                .withMessageEndingWith("5242880 is the most");
    }

    private static String encoded(Publishing publishing) {
        return StandardCharsets.ISO_8859_1
                .decode(PublishRequest.encode(TOPIC, publishing))
                .toString();
    }
}
