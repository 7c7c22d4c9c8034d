package io.sluice.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MessageIdTest {
    @Test
    void ofAGuidIsItsHexadecimalText() {
        Random random = new Random(11);
        for (int i = 0; i < 1_000; i++) {
            long guid = random.nextLong() >>> random.nextInt(64);
            String digits = Long.toHexString(guid);
            String padded = "0".repeat(MessageId.LENGTH - digits.length()) + digits;
            assertThat(MessageId.ofGuid(guid)).hasToString(padded).isEqualTo(MessageId.of(padded));
        }
        assertThat(MessageId.ofGuid(0)).hasToString("0000000000000000");
        assertThat(MessageId.ofGuid(-1)).hasToString("ffffffffffffffff");
    }

    @Test
    void keepsAny16Bytes() {
        byte[] bytes = new byte[MessageId.LENGTH];
        new Random(13).nextBytes(bytes);
        MessageId id = MessageId.take(ByteBuffer.wrap(bytes));
        ByteBuffer out = ByteBuffer.allocate(MessageId.LENGTH);
        id.putTo(out);
        assertThat(out.array()).isEqualTo(bytes);
        assertThat(MessageId.of(id.toString())).isEqualTo(id);
    }

    @Test
    void takesNoTextOfAnotherLengthOrBeyondLatin1() {
        for (String text : new String[] {"", "0123456789abcde", "0123456789abcdef0"}) {
            assertThatThrownBy(() -> MessageId.of(text))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> MessageId.of("0123456789abcde€"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void hashesOfIdsMadeInARowDiffer() {
        Set<Integer> hashes = new HashSet<>();
        Set<Integer> buckets = new HashSet<>();
        for (long guid = 0x18a1cbd5bee69000L; guid < 0x18a1cbd5bee69000L + 4_096; guid++) {
            int hash = MessageId.ofGuid(guid).hashCode();
            hashes.add(hash);
            buckets.add((hash ^ hash >>> 16) & 4_095); // as HashMap picks one of 4096
        }
        assertThat(hashes).hasSizeGreaterThan(4_000);
        assertThat(buckets).hasSizeGreaterThan(2_000);
    }
}
