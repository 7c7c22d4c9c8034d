package io.sluice.nsqd.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.BodyArrays;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class InputBufferTest {
    private final InputBuffer input = new InputBuffer(BodyArrays.NEW);

    @Test
    void whatComesInPiecesIsOnePiece() {
        for (int i = 0; i < 100; i++) input.add(piece(i, 10));
        byte[] all = new byte[1_000];
        input.unread().get(all);
        for (int i = 0; i < all.length; i++) assertThat(all[i]).isEqualTo((byte) (i / 10));
        input.trim();
        assertThat(input.unread().hasRemaining()).isFalse();
    }

    @Test
    void whatIsExpectedGetsItsPlaceAtOnceAndIsNotMovedAgain() {
        input.add(piece(1, 100));
        input.expect(500);
        input.add(piece(2, 100));
        byte[] place = input.unread().array();
        assertThat(place.length).isEqualTo(500);
        for (int i = 3; i <= 5; i++) input.add(piece(i, 100));
        assertThat(input.unread().array()).isSameAs(place);
        assertThat(input.unread().remaining()).isEqualTo(500);
    }

    @Test
    void aClaimGetsNoMoreMemoryThanWhatCameAccountsFor() {
        input.add(piece(1, 100));
        input.expect(Integer.MAX_VALUE);
        input.add(piece(2, 100));
        assertThat(input.unread().array().length).isLessThanOrEqualTo(16 * 200);
    }

    @Test
    void whatWasTakenIsNotWrittenToWhenMoreComes() {
        input.add(piece(1, 100));
        input.expect(250);
        input.add(piece(2, 100));
        ByteBuffer taken = input.unread().slice(0, 150);
        input.unread().position(input.unread().position() + 150);
        for (int i = 3; i < 20; i++) input.add(piece(i, 40));
        byte[] expected = new byte[150];
        Arrays.fill(expected, 0, 100, (byte) 1);
        Arrays.fill(expected, 100, 150, (byte) 2);
        assertThat(taken).isEqualTo(ByteBuffer.wrap(expected));
    }

    @Test
    void whatComesBehindWhatIsExpectedIsNotCopied() {
        input.add(piece(1, 100));
        input.expect(130);
        ByteBuffer more = piece(2, 100);
        input.add(more);
        input.add(piece(3, 100));
        assertThat(input.unread().remaining()).isEqualTo(130);
        input.unread().position(input.unread().limit());
        assertThat(input.advance()).isTrue();
        assertThat(input.unread().array()).isSameAs(more.array());
        assertThat(input.unread().remaining()).isEqualTo(70);
        assertThat(input.advance()).isTrue();
        assertThat(input.unread().remaining()).isEqualTo(170);
        assertThat(input.unread().get(input.unread().limit() - 1)).isEqualTo((byte) 3);
        assertThat(input.advance()).isFalse();
    }

    @Test
    void whatIsKeptIsNotWhereItCame() {
        ByteBuffer lent = piece(1, 100);
        input.add(lent);
        input.unread().position(30);
        input.expect(90);
        ByteBuffer alsoLent = piece(2, 100);
        input.add(alsoLent);
        input.keep();
        Arrays.fill(lent.array(), (byte) 9);
        Arrays.fill(alsoLent.array(), (byte) 9);
        assertThat(taken(90)).containsOnly(1, 2).endsWith(2, 2);
        assertThat(input.advance()).isTrue();
        assertThat(taken(80)).containsOnly(2);
    }

    @Test
    void whatWaitsBehindIsKeptInItsOrder() {
        input.add(piece(1, 100));
        input.expect(130);
        for (int i = 2; i <= 4; i++) {
            ByteBuffer lent = piece(i, 100);
            input.add(lent);
            input.keep();
            Arrays.fill(lent.array(), (byte) 9);
        }
        assertThat(taken(130)).startsWith(1).endsWith(2);
        for (int i = 2; i <= 4; i++) {
            assertThat(input.advance()).isTrue();
            assertThat(taken(i == 2 ? 70 : 100)).containsOnly(i);
        }
        assertThat(input.advance()).isFalse();
    }

    @Test
    void aBodyOfManyReadsIsKeptInOnePlace() {
        input.add(piece(1, 100));
        input.expect(500);
        input.keep();
        byte[] place = input.unread().array();
        for (int i = 2; i <= 5; i++) {
            input.add(piece(i, 100));
            input.keep();
        }
        assertThat(input.unread().array()).isSameAs(place).hasSize(500);
        assertThat(taken(500)).startsWith(1, 1).endsWith(5, 5);
    }

    private byte[] taken(int length) {
        byte[] bytes = new byte[length];
        input.unread().get(bytes);
        return bytes;
    }

    private static ByteBuffer piece(int value, int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return ByteBuffer.wrap(bytes);
    }
}
