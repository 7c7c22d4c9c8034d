package io.sluice.nsqd.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.BodyArrays;
import io.sluice.protocol.Bytes;
import io.sluice.protocol.Command;
import io.sluice.protocol.CommandDecoder;
import io.sluice.protocol.CommandEncoder;
import io.sluice.protocol.HeldBytes;
import io.sluice.protocol.Limits;
import io.sluice.protocol.TopicName;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InflowTest {
    private static final TopicName TOPIC = new TopicName("t");

    private final List<byte[]> asked = new ArrayList<>();

    private final Deque<byte[]> spare = new ArrayDeque<>();

    private boolean usesAgain;

    /** A little longer than they have to be, and not empty. */
    private final BodyArrays arrays =
            length -> {
                if (!spare.isEmpty() && spare.peek().length >= length) return spare.remove();
                byte[] array = new byte[length + length / 8];
                Arrays.fill(array, (byte) 7);
                asked.add(array);
                return array;
            };

    private final Inflow inflow = new Inflow(arrays);
    private final CommandDecoder decoder = new CommandDecoder(Limits.DEFAULT, arrays);
    private final List<Bytes> bodies = new ArrayList<>();

    private void decode() {
        do {
            Command command;
            while ((command = decoder.decode(inflow.unread(), verb -> true)) != null) {
                taken(((Command.Pub) command).body());
            }
            inflow.expect(decoder.expected());
        } while (inflow.advance());
        inflow.trim();
    }

    private void taken(Bytes body) {
        bodies.add(usesAgain ? Bytes.wrap(body.toArray()) : body);
        byte[] array = usesAgain ? new Held(body).takeArray() : null;
        if (array != null) spare.add(array);
    }

    private static final class Held extends HeldBytes {
        private Held(Bytes body) {
            super(body);
        }

        private byte[] takeArray() {
            return letGo();
        }
    }

    /** Lends a piece as the network does, which writes over it as soon as it has it back. */
    private void lend(byte[] bytes) {
        inflow.lend(ByteBuffer.wrap(bytes), this::decode);
        Arrays.fill(bytes, (byte) 9);
    }

    private static byte[] publishing(Bytes... all) {
        ByteBuffer out = ByteBuffer.allocate(10 << 20);
        for (Bytes body : all) out.put(CommandEncoder.encode(new Command.Pub(TOPIC, body)).array());
        return Arrays.copyOf(out.array(), out.position());
    }

    private static Bytes body(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) bytes[i] = (byte) (length * 31 + i);
        return Bytes.wrap(bytes);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 5_000, 16_384, 100_000})
    void whatIsLentIsNotKept(int length) {
        lend(publishing(body(length)));
        lend(publishing(body(length + 1), body(3)));
        assertThat(bodies).containsExactly(body(length), body(length + 1), body(3));
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 1_000, 16_000, 70_000, 250_000})
    void bodiesAreTheSameInWhateverPiecesTheyCome(int piece) {
        Bytes[] sent = {body(20_000), body(10), body(200_000), body(64_000), body(30_000), body(1)};
        byte[] all = publishing(sent);
        for (int at = 0; at < all.length; at += piece) {
            lend(Arrays.copyOfRange(all, at, Math.min(all.length, at + piece)));
        }
        assertThat(bodies).containsExactly(sent);
    }

    /** Each is done with as soon as it is there. */
    @ParameterizedTest
    @ValueSource(ints = {100, 1_000, 16_000, 70_000, 250_000})
    void whatHeldABodyMayHoldTheNext(int piece) {
        usesAgain = true;
        Bytes[] sent = new Bytes[60];
        for (int i = 0; i < sent.length; i++) sent[i] = body(17_000 + i * 37 % 10 * 100);
        byte[] all = publishing(sent);
        for (int at = 0; at < all.length; at += piece) {
            lend(Arrays.copyOfRange(all, at, Math.min(all.length, at + piece)));
        }
        assertThat(bodies).containsExactly(sent);
        assertThat(asked).hasSizeLessThan(10);
    }

    @Test
    void aLongBodyIsCopiedOnceIntoOneOfTheArrays() {
        byte[] all = publishing(body(100_000));
        for (int at = 0; at < all.length; at += 10_000) {
            lend(Arrays.copyOfRange(all, at, Math.min(all.length, at + 10_000)));
        }
        lend(publishing(body(50_000)));
        assertThat(bodies).containsExactly(body(100_000), body(50_000));
        assertThat(asked).hasSize(2);
    }
}
