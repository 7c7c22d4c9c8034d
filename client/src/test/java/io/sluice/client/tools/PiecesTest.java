package io.sluice.client.tools;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PiecesTest {
    private static List<String> pieces(String input, char delimiter) throws IOException {
        Pieces pieces =
                new Pieces(new ByteArrayInputStream(input.getBytes(UTF_8)), (byte) delimiter);
        List<String> all = new ArrayList<>();
        for (byte[] piece = pieces.next(); piece != null; piece = pieces.next()) {
            all.add(new String(piece, UTF_8));
        }
        return all;
    }

    @ParameterizedTest
    @CsvSource({"a|b|,a b", "|a||b,a b", "one two,one two", "'',''", "||,''"})
    void emptyPiecesAreLeftOutAndTheLastOneIsWhole(String input, String expected)
            throws IOException {
        assertThat(String.join(" ", pieces(input, '|'))).isEqualTo(expected);
    }

    @Test
    void piecesMayBeLongerThanTheBuffer() throws IOException {
        String piece = "x".repeat(200_000);
        assertThat(pieces(piece + '\n' + piece, '\n')).containsExactly(piece, piece);
    }
}
