package io.sluice.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandDecoderTest {
    private final CommandDecoder decoder = new CommandDecoder(Limits.DEFAULT);

    @Test
    void theGateIsToldOfEachVerbInItsOrder() {
        List<String> verbs = new ArrayList<>();
        ByteBuffer in = bytes("NOP\nRDY 1\n\nNOP\n");
        decoder.decode(in, verbs::add);
        decoder.decode(in, verbs::add);
        assertThatThrownBy(() -> decoder.decode(in, verbs::add))
                .isInstanceOf(ProtocolException.class);
        assertThat(verbs).containsExactly("NOP", "RDY", "");
    }

    @Test
    void theGateComesBeforeWhateverElseIsWrongWithTheLine() {
        ProtocolException refusal = ErrorCode.E_INVALID.because("cannot SUB in current state");
        for (String line : List.of("SUB\n", "SUB a! b!\n", "SUB t c\n", "HELLO\n", "PUB t\n")) {
            ByteBuffer in = bytes(line);
            assertThatThrownBy(() -> decoder.decode(in, verb -> refuse(refusal))).isSameAs(refusal);
            assertThat(decoder.unfinished(in, verb -> refuse(refusal))).isSameAs(refusal);
            assertThat(in.position()).isZero();
        }
    }

    private static boolean refuse(ProtocolException refusal) {
        throw refusal;
    }

    @Test
    void aLineThatTheGateSkipsIsNotLookedAt() {
        ByteBuffer in = bytes("RDY nonsense\nRDY\nRDY 1 2 3\nNOP\nRDY 99999\n");
        assertThat(decoder.decode(in, verb -> !verb.equals("RDY"))).isEqualTo(new Command.Nop());
        assertThat(decoder.decode(in, verb -> !verb.equals("RDY"))).isNull();
        assertThat(in.remaining()).isZero();
    }

    @Test
    void aSkippedLineIsNotSkippedTwiceWhenTheNextIsUnfinished() {
        ByteBuffer in = bytes("RDY x\nNO");
        assertThat(decoder.decode(in, verb -> !verb.equals("RDY"))).isNull();
        assertThat(in.remaining()).isEqualTo("NO".length());
    }

    @Test
    void askingForWhatIsMissingMovesNothing() {
        ByteBuffer in = bytes("NOP\nPUB t\n");
        assertThat(decoder.unfinished(in, verb -> true)).isNull();
        assertThat(in.position()).isZero();
    }

    @Test
    void theLargestBatchIsReadWhole() {
        int count = Limits.DEFAULT.maxBatchCount();
        TopicName topic = new TopicName("t");
        List<Bytes> bodies = Collections.nCopies(count, Bytes.utf8("x"));
        Command.Mpub batch = new Command.Mpub(topic, bodies);
        assertThat(decoder.decode(CommandEncoder.encode(batch), verb -> true)).isEqualTo(batch);
    }

    @Test
    void aBodyThatIsMostOfWhatCameIsNotCopied() {
        ByteBuffer in = bytes("PUB t\n\0\0\0\u0020" + "x".repeat(32) + "NOP\n");
        Command.Pub pub = (Command.Pub) decoder.decode(in, verb -> true);
        in.put(in.position() - 1, (byte) 'y');
        assertThat(pub.body()).isEqualTo(Bytes.utf8("x".repeat(31) + "y"));
        assertThat(decoder.decode(in, verb -> true)).isEqualTo(new Command.Nop());
    }

    @Test
    void whatIsToBeExpectedOfACommandIsWhatItsSizesSay() {
        expect(0, "NO");
        expect("PUB t\n".length() + 4, "PUB t\n\0\0");
        expect("PUB t\n".length() + 4 + 300, "PUB t\n\0\0\1\u002cxyz");
        expect("MPUB t\n".length() + 4 + 64, "MPUB t\n\0\0\0\u0040\0\0\0\2\0\0\0\5x");
        expect("MPUB t\n".length() + 12 + 5, "MPUB t\n\0\0\0\4\0\0\0\2\0\0\0\5x");
        expect(0, "NOP\n");
    }

    private void expect(int bytes, String came) {
        decoder.decode(bytes(came), verb -> true);
        assertThat(decoder.expected()).isEqualTo(bytes);
    }

    @Test
    void aBodyAmongOtherThingsDoesNotShareTheBufferItCameIn() {
        ByteBuffer in = bytes("PUB t\n\0\0\0\1x");
        Command.Pub pub = (Command.Pub) decoder.decode(in, verb -> true);
        in.put(in.limit() - 1, (byte) 'y');
        assertThat(pub.body()).isEqualTo(Bytes.utf8("x"));
    }

    /** What comes behind a body would be lost when its array is used for another one. */
    @Test
    void aBodyHasItsArrayToItselfWhenNothingComesBehindIt() {
        String pub = "PUB t\n\0\0\u0040\0" + "x".repeat(16_384);
        assertThat(body(bytes(pub)).isSole()).isTrue();
        assertThat(body(bytes(pub + "N")).isSole()).isFalse();
        assertThat(body(bytes(pub + "\n".repeat(20_000))).array()).hasSize(16_384);
    }

    @Test
    void aLongBodyThatIsCopiedGoesIntoOneOfTheArrays() {
        byte[] place = new byte[17_000];
        CommandDecoder copying = new CommandDecoder(Limits.DEFAULT, length -> place);
        String body = "y".repeat(16_384);
        String pub = "PUB t\n\0\0\u0040\0" + body;
        ByteBuffer in = bytes(pub + pub + pub);
        Bytes taken = ((Command.Pub) copying.decode(in, verb -> true)).body();
        assertThat(taken.array()).isSameAs(place);
        assertThat(taken.isSole()).isTrue();
        assertThat(taken).isEqualTo(Bytes.utf8(body));
        ByteBuffer batch = bytes("MPUB t\n\0\0\u0040\10\0\0\0\1\0\0\u0040\0" + body);
        taken = ((Command.Mpub) copying.decode(batch, verb -> true)).bodies().get(0);
        assertThat(taken.array()).isSameAs(place);
        assertThat(taken).isEqualTo(Bytes.utf8(body));
    }

    private Bytes body(ByteBuffer in) {
        return ((Command.Pub) decoder.decode(in, verb -> true)).body();
    }

    private static ByteBuffer bytes(String latin1) {
        return ByteBuffer.wrap(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }
}
