package io.sluice.nsqd.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.daemon.HttpError;
import io.sluice.protocol.Bytes;
import io.sluice.protocol.Limits;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MpubBodyTest {
    /** Bodies of 29 bytes can hold 5 messages at most. */
    private static final Limits LIMITS = new Limits(4, 29, 1, 1);

    private static List<String> lines(String body) {
        return texts(MpubBody.parseLines(RawHttp.latin1(body), LIMITS));
    }

    private static List<String> binary(String body) {
        return texts(MpubBody.parseBinary(RawHttp.latin1(body), LIMITS));
    }

    private static List<String> texts(List<Bytes> messages) {
        return messages.stream().map(Bytes::utf8).toList();
    }

    @Test
    void eachLineIsAMessageWithOrWithoutALastLineFeed() {
        assertThat(lines("a\nbc\n")).containsExactly("a", "bc");
        assertThat(lines("a\nbc")).containsExactly("a", "bc");
    }

    @Test
    void emptyLinesAreSkippedAndCarriageReturnsKept() {
        assertThat(lines("\n\na\r\n\n\r\nb\n\n")).containsExactly("a\r", "\r", "b");
    }

    @Test
    void anEmptyBodyHasNoLines() {
        assertThat(lines("")).isEmpty();
    }

    @Test
    void aLineMayBeAsLongAsAMessageAndNotLonger() {
        assertThat(lines("1234\n1234")).containsExactly("1234", "1234");
        for (String body : List.of("12345", "12345\n", "ok\n12345\nok")) {
            assertThatThrownBy(() -> lines(body))
                    .isInstanceOf(HttpError.class)
                    .hasMessage("MSG_TOO_BIG");
        }
    }

    @Test
    void aBatchIsACountAndThenSizesAndBodies() {
        assertThat(binary("\0\0\0\2" + "\0\0\0\1a" + "\0\0\0\4\n\0\1z"))
                .containsExactly("a", "\n\0\1z");
    }

    @Test
    void whatFollowsABatchIsIgnored() {
        assertThat(binary("\0\0\0\1" + "\0\0\0\1a" + "\0\0\0\1b")).containsExactly("a");
    }

    @Test
    void aBatchMayHoldAsManyMessagesAsFitIntoABody() {
        assertThat(binary("\0\0\0\5" + "\0\0\0\1a".repeat(5))).hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\0\0\0",
                "\0\0\0\0",
                "\u00ff\u00ff\u00ff\u00ff",
                "\u0080\0\0\0",
                "\0\0\0\6" + "\0\0\0\1a\0\0\0\1a\0\0\0\1a\0\0\0\1a\0\0\0\1a\0\0\0\1a",
                "\u007f\u00ff\u00ff\u00ff"
            })
    void aBadCountIsABadBody(String body) {
        assertThatThrownBy(() -> binary(body)).isInstanceOf(HttpError.class).hasMessage("BAD_BODY");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\0\0\0\1",
                "\0\0\0\1\0\0\0",
                "\0\0\0\1\0\0\0\0",
                "\0\0\0\1\u00ff\u00ff\u00ff\u00ff",
                "\0\0\0\1\0\0\0\2a",
                "\0\0\0\1\0\0\0\00512345",
                "\0\0\0\1\u007f\u00ff\u00ff\u00ffa",
                "\0\0\0\2\0\0\0\1a"
            })
    void aBadSizeIsABadMessage(String body) {
        assertThatThrownBy(() -> binary(body))
                .isInstanceOf(HttpError.class)
                .hasMessage("BAD_MESSAGE");
    }
}
