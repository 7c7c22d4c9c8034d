package io.sluice.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What one side writes the other reads. {@code -Dseed=N} repeats a run. */
class RoundTripTest {
    private static final int ROUNDS = 20_000;
    private static final String NAME_CHARACTERS =
            ".-_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void commands() {
        CommandDecoder decoder = new CommandDecoder(Limits.DEFAULT);
        for (int round = 0; round < ROUNDS; round++) {
            Command command = command(round % 12);
            ByteBuffer encoded = CommandEncoder.encode(command);
            assertThat(decoder.decode(encoded, verb -> true)).as(seed()).isEqualTo(command);
            assertThat(encoded.remaining()).as(seed()).isZero();
        }
    }

    @Test
    void lookupCommands() {
        LookupCommandCodec codec = new LookupCommandCodec(1_000);
        for (int round = 0; round < ROUNDS; round++) {
            LookupCommand command = lookupCommand(round % 4);
            ByteBuffer encoded = LookupCommandCodec.encode(command);
            assertThat(codec.decode(encoded, verb -> {})).as(seed()).isEqualTo(command);
            assertThat(encoded.remaining()).as(seed()).isZero();
        }
    }

    @Test
    void frames() {
        FrameDecoder decoder = new FrameDecoder(1_000);
        for (int round = 0; round < ROUNDS; round++) {
            Frame frame = frame(round % 3);
            ByteBuffer encoded = ByteBuffer.allocate(FrameEncoder.length(frame));
            FrameEncoder.encode(frame, encoded);
            assertThat(decoder.decode(encoded.flip())).as(seed()).isEqualTo(frame);
            assertThat(encoded.remaining()).as(seed()).isZero();
        }
    }

    private String seed() {
        return "-Dseed=" + seed;
    }

    private Command command(int kind) {
        return switch (kind) {
            case 0 -> new Command.Identify(bytes(1));
            case 1 -> new Command.Auth(bytes(1));
            case 2 -> new Command.Sub(new TopicName(name()), new ChannelName(name()));
            case 3 -> new Command.Pub(new TopicName(name()), bytes(1));
            case 4 -> new Command.Mpub(new TopicName(name()), batch());
            case 5 -> new Command.Dpub(new TopicName(name()), delayMs(), bytes(1));
            case 6 -> new Command.Rdy(random.nextInt(2_501));
            case 7 -> new Command.Fin(id());
            case 8 -> new Command.Req(id(), delayMs());
            case 9 -> new Command.Touch(id());
            case 10 -> new Command.Cls();
            default -> new Command.Nop();
        };
    }

    private LookupCommand lookupCommand(int kind) {
        ChannelName channel = random.nextBoolean() ? null : new ChannelName(name());
        return switch (kind) {
            case 0 -> new LookupCommand.Identify(bytes(0));
            case 1 -> new LookupCommand.Register(new TopicName(name()), channel);
            case 2 -> new LookupCommand.Unregister(new TopicName(name()), channel);
            default -> new LookupCommand.Ping();
        };
    }

    private Frame frame(int kind) {
        return switch (kind) {
            case 0 -> new Frame.Response(bytes(0));
            case 1 -> new Frame.Error(bytes(0));
            default ->
                    new Frame.Push(
                            new Message(
                                    new MessageId(random.nextLong(), random.nextLong()),
                                    random.nextLong(),
                                    random.nextInt(65_536),
                                    bytes(0)));
        };
    }

    private Bytes bytes(int least) {
        byte[] bytes = new byte[least + random.nextInt(200)];
        random.nextBytes(bytes);
        return Bytes.wrap(bytes);
    }

    private List<Bytes> batch() {
        List<Bytes> bodies = new ArrayList<>(List.of(bytes(1)));
        Stream.generate(() -> bytes(1)).limit(random.nextInt(10)).forEach(bodies::add);
        return bodies;
    }

    private String name() {
        String suffix = random.nextInt(4) == 0 ? "#ephemeral" : "";
        int length = 1 + random.nextInt(Limits.NAME_LENGTH - suffix.length());
        StringBuilder name = new StringBuilder();
        while (name.length() < length) {
            name.append(NAME_CHARACTERS.charAt(random.nextInt(NAME_CHARACTERS.length())));
        }
        return name + suffix;
    }

    private long delayMs() {
        return random.nextInt(3_600_001);
    }

    private MessageId id() {
        return MessageId.ofGuid(random.nextLong());
    }
}
