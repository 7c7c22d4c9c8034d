package io.sluice.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeldBytesTest {
    /** What holds nothing else. */
    private static final class Holder extends HeldBytes {
        Holder(Bytes bytes) {
            super(bytes);
        }

        void standAlone() {
            holdAlone();
        }
    }

    /**
     * Those of any length at any place of an array, also where the two are too large for one int.
     */
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0, 1",
        "5, 3",
        "8191, 1",
        "0, 4095",
        "0, 4096",
        "1, 4095",
        "1, 4096",
        "524287, 4095",
        "524287, 4096",
        "524288, 1",
        "700000, 100000"
    })
    void theyAreWhatWasGiven(int offset, int length) {
        byte[] array = new byte[offset + length + 7];
        for (int i = 0; i < array.length; i++) array[i] = (byte) (i * 31 + (i >> 8));
        Bytes given = Bytes.part(array, offset, length);
        Holder holder = new Holder(given);
        assertThat(holder.bytes()).isEqualTo(given);
        assertThat(holder.byteCount()).isEqualTo(length);
        holder.standAlone();
        assertThat(holder.bytes()).isEqualTo(given);
        assertThat(holder.bytes().array()).hasSize(length);
    }

    @Test
    void aWholeArrayIsNotCopied() {
        for (int length : new int[] {10, 100_000}) {
            byte[] array = new byte[length];
            Holder holder = new Holder(Bytes.wrap(array));
            holder.standAlone();
            assertThat(holder.bytes().array()).isSameAs(array);
        }
    }

    /** As a large body is that came behind its command. */
    @Test
    void longBytesAtTheEndOfTheirArrayAreNotCopied() {
        byte[] array = new byte[100_000];
        array[20] = 1;
        Bytes given = Bytes.part(array, 20, array.length - 20);
        Holder holder = new Holder(given);
        assertThat(holder.bytes()).isEqualTo(given);
        assertThat(holder.bytes().array()).isSameAs(array);
        assertThat(holder.byteCount()).isEqualTo(array.length - 20);
        holder.standAlone();
        assertThat(holder.bytes()).isEqualTo(given);
        assertThat(holder.bytes().array()).hasSize(array.length - 20);
    }

    @Test
    void longBytesKeepLittleElseInMemory() {
        byte[] array = new byte[100_000];
        Bytes given = Bytes.part(array, 10_000, 90_000);
        Holder holder = new Holder(given);
        assertThat(holder.bytes()).isEqualTo(given);
        assertThat(holder.bytes().array()).hasSize(90_000);
    }
}
