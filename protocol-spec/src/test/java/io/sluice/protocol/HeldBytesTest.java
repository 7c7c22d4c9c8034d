package io.sluice.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
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

        byte[] takeArray() {
            return letGo();
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
        ByteBuffer out = ByteBuffer.allocate(length);
        holder.putTo(out);
        assertThat(Bytes.wrap(out.array())).isEqualTo(given);
        holder.standAlone();
        assertThat(holder.bytes()).isEqualTo(given);
        assertThat(holder.bytes().array().length).isBetween(length, length + length / 4);
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
    void longBytesInMostOfTheirArrayAreNotCopied() {
        byte[] array = new byte[100_000];
        Bytes given = Bytes.part(array, 20, 90_000);
        Holder holder = new Holder(given);
        holder.standAlone();
        assertThat(holder.bytes()).isEqualTo(given);
        assertThat(holder.bytes().array()).isSameAs(array);
    }

    @Test
    void longBytesKeepLittleElseInMemory() {
        byte[] array = new byte[100_000];
        for (int offset : new int[] {0, 30_000}) {
            for (Bytes given :
                    List.of(Bytes.part(array, offset, 70_000), Bytes.sole(array, offset, 70_000))) {
                Holder holder = new Holder(given);
                assertThat(holder.takeArray()).isNull();
                assertThat(holder.bytes()).isEqualTo(given);
                assertThat(holder.bytes().array()).hasSize(70_000);
            }
        }
    }

    @Test
    void anArrayThatNobodyElseHasIsLetGoOnce() {
        byte[] array = new byte[100_000];
        Holder holder = new Holder(Bytes.sole(array, 20, 99_000));
        holder.putTo(ByteBuffer.allocate(holder.byteCount()));
        holder.standAlone();
        assertThat(holder.takeArray()).isSameAs(array);
        assertThat(holder.takeArray()).isNull();
        assertThatThrownBy(holder::bytes).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> holder.putTo(ByteBuffer.allocate(100_000)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(holder::byteCount).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anArrayThatSomebodyMayHaveIsNotLetGo() {
        byte[] array = new byte[100_000];
        assertThat(new Holder(Bytes.wrap(array)).takeArray()).isNull();
        assertThat(new Holder(Bytes.part(array, 10, 99_000)).takeArray()).isNull();
        assertThat(new Holder(Bytes.sole(array, 0, 100)).takeArray()).isNull();
        Bytes given = Bytes.sole(array, 10, 99_000);
        Holder shown = new Holder(given);
        Bytes seen = shown.bytes();
        assertThat(seen).isEqualTo(given);
        assertThat(shown.takeArray()).isNull();
        assertThat(new Holder(seen).takeArray()).as("of who holds what was shown").isNull();
        assertThat(shown.bytes()).isEqualTo(given);
    }
}
