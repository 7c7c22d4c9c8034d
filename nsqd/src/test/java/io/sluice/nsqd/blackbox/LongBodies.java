package io.sluice.nsqd.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.Bytes;
import io.sluice.protocol.Command;
import io.sluice.protocol.Message;
import io.sluice.protocol.TopicName;
import java.nio.ByteBuffer;
import java.util.BitSet;

/** Messages of many sizes, each full of its number: a byte of another one shows. */
final class LongBodies {
    private static final int SIZES = 97;
    private static final int LEAST = 4_000;
    private static final int STEP = 8_000;

    private LongBodies() {}

    /** Publishes so many, and only then waits for answers. */
    static void publish(TestClient client, TopicName topic, int from, int count) {
        Command[] commands = new Command[count];
        for (int i = 0; i < count; i++) commands[i] = new Command.Pub(topic, body(from + i));
        client.send(commands);
        for (int i = 0; i < count; i++) client.expectOk();
    }

    /** Sizes follow each other in no order. */
    private static Bytes body(int number) {
        ByteBuffer out = ByteBuffer.allocate(LEAST + STEP * (number * 31 % SIZES));
        while (out.hasRemaining()) out.putInt(number);
        return Bytes.wrap(out.array());
    }

    /**
     * Takes so many messages, sends each back {@code requeues} times, and finishes it.
     *
     * @return the numbers of those finished
     */
    static BitSet consume(TestClient client, int count, int requeues) {
        BitSet finished = new BitSet();
        while (finished.cardinality() < count) {
            Message message = client.message();
            int number = number(message.body());
            if (message.attempts() <= requeues) {
                client.send(new Command.Req(message.id(), number % 2));
            } else {
                client.finish(message);
                assertThat(finished.get(number)).as("m%d comes again", number).isFalse();
                finished.set(number);
            }
        }
        return finished;
    }

    private static int number(Bytes body) {
        int number = body.toBuffer().getInt();
        assertThat(body).as("m%d", number).isEqualTo(body(number));
        return number;
    }
}
