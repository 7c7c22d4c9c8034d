package io.sluice.examples.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sluice.protocol.Bytes;
import io.sluice.protocol.Command;
import io.sluice.protocol.CommandDecoder;
import io.sluice.protocol.Limits;
import io.sluice.protocol.TopicName;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class PublishCommandTest {
    private static final TopicName TOPIC = new TopicName("orders");
    private static final int SIZE = 20;
    private static final int OFFSET = 3;

    @Test
    void oneMessageIsAPubThatCarriesItsStamp() {
        Command command = written(PublishCommand.of(TOPIC, 1, SIZE), 7, 99);

        assertThat(command).isEqualTo(new Command.Pub(TOPIC, body(7, 99)));
    }

    @Test
    void severalAreAnMpubNumberedUpwards() {
        Command command = written(PublishCommand.of(TOPIC, 3, SIZE), 7, 0);

        List<Bytes> bodies = List.of(body(7, 0), body(8, 0), body(9, 0));
        assertThat(command).isEqualTo(new Command.Mpub(TOPIC, bodies));
    }

    @Test
    void aBufferOfItsOwnIsTheSameAndIsUsedAgain() {
        PublishCommand command = PublishCommand.of(TOPIC, 1, SIZE);
        command.whole(6, 98).getInt();
        Command read =
                new CommandDecoder(Limits.DEFAULT).decode(command.whole(7, 99), verb -> true);

        assertThat(read).isEqualTo(new Command.Pub(TOPIC, body(7, 99)));
    }

    @Test
    void anMpubThatNoDaemonWouldTakeIsRefusedBeforeItIsMade() {
        assertThatExceptionOfType(BenchException.class)
                .isThrownBy(() -> PublishCommand.of(TOPIC, 200, 1_048_576))
                .withMessage(
                        "an MPUB of 200 messages of 1048576 bytes is 209716008 bytes:"
                                + " 5242880 is the most");
    }

    /** Writes behind other bytes, as a publisher does, and reads it back. */
    private static Command written(PublishCommand command, long number, long intendedNs) {
        ByteBuffer out = ByteBuffer.allocate(OFFSET + command.length()).position(OFFSET);
        command.put(out, number, intendedNs);
        assertThat(out.hasRemaining()).isFalse();
        out.position(OFFSET);
        return new CommandDecoder(Limits.DEFAULT).decode(out, verb -> true);
    }

    private static Bytes body(long number, long intendedNs) {
        return Bytes.wrap(ByteBuffer.allocate(SIZE).putLong(number).putLong(intendedNs).array());
    }
}
