package io.sluice.nsqd.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.nsqd.core.Durability;
import io.sluice.nsqd.core.LogEntry;
import io.sluice.nsqd.core.LogEntry.ChannelState;
import io.sluice.nsqd.core.LogEntry.Range;
import io.sluice.nsqd.core.LogEntry.Reach;
import io.sluice.nsqd.core.LogEntry.Ref;
import io.sluice.nsqd.core.LogEntry.RunPart;
import io.sluice.protocol.Bytes;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.MessageId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class EntryCodecTest {
    private static final ChannelName CHANNEL = new ChannelName("channel#ephemeral");
    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final PayloadWriter out = new PayloadWriter(0);

    private LogEntry roundTrip(LogEntry entry) throws MalformedEntry {
        out.reset();
        byte type = EntryCodec.encode(entry, out);
        return EntryCodec.decode(type, ByteBuffer.wrap(out.array(), 0, out.length()));
    }

    private void assertSame(LogEntry entry) throws MalformedEntry {
        LogEntry decoded = roundTrip(entry);
        if (entry instanceof LogEntry.Finished f) {
            assertThat(((LogEntry.Finished) decoded).channel()).isEqualTo(f.channel());
            assertThat(((LogEntry.Finished) decoded).lsns()).isEqualTo(f.lsns());
        } else {
            assertThat(decoded).as("seed %d", seed).isEqualTo(entry);
        }
    }

    /** As many digits as it takes, of either sign. */
    private long number() {
        return random.nextLong() >> random.nextInt(64);
    }

    private List<Ref> refs() {
        List<Ref> refs = new ArrayList<>();
        long lsn = number();
        for (int i = random.nextInt(20); i > 0; i--) {
            lsn = random.nextInt(3) == 0 ? number() : lsn + 1;
            int attempts = random.nextInt(4) == 0 ? random.nextInt() >>> 1 : 1;
            refs.add(new Ref(lsn, attempts, random.nextInt(3) == 0 ? number() : 0));
        }
        return refs;
    }

    private ChannelState channelState(ChannelName name) {
        List<RunPart> runs = new ArrayList<>();
        List<Range> done = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            int count = random.nextInt() >>> 1;
            runs.add(new RunPart(number(), count / 2, count, number(), number(), number()));
            done.add(new Range(number(), number()));
        }
        return new ChannelState(name, number(), number(), refs(), runs, done);
    }

    private LogEntry entry() {
        byte[] body = new byte[random.nextInt(100)];
        random.nextBytes(body);
        Reach[] reaches = Reach.values();
        return switch (random.nextInt(11)) {
            case 0 ->
                    new LogEntry.Message(
                            reaches[random.nextInt(reaches.length)],
                            new MessageId(random.nextLong(), random.nextLong()),
                            number(),
                            number(),
                            Bytes.wrap(body));
            case 1 -> new LogEntry.Finished(CHANNEL, refs().stream().mapToLong(Ref::lsn).toArray());
            case 2 -> new LogEntry.Requeued(CHANNEL, refs());
            case 3 -> new LogEntry.Run(CHANNEL, refs());
            case 4 -> new LogEntry.ChannelCreated(CHANNEL);
            case 5 -> new LogEntry.ChannelDeleted(CHANNEL);
            case 6 -> new LogEntry.ChannelEmptied(CHANNEL);
            case 7 -> new LogEntry.TopicEmptied();
            case 8 -> new LogEntry.HeldBack();
            case 9 -> new LogEntry.Released();
            default ->
                    new LogEntry.TopicState(
                            number(),
                            Durability.values()[random.nextInt(3)],
                            random.nextBoolean(),
                            channelState(null),
                            List.of(channelState(CHANNEL), channelState(new ChannelName("c"))));
        };
    }

    @Test
    void everyKindOfEntryComesBackAsItWas() throws MalformedEntry {
        for (int i = 0; i < 20_000; i++) assertSame(entry());
    }

    @Test
    void neighboursTakeAFewBytesHoweverManyTheyAre() throws MalformedEntry {
        List<Ref> fresh = LongStream.range(0, 10_000).mapToObj(l -> new Ref(l, 0, 0)).toList();
        assertSame(new LogEntry.Requeued(CHANNEL, fresh));
        assertThat(out.length()).isLessThan(CHANNEL.value().length() + 8);
        long[] lsns = LongStream.range(5, 10_005).toArray();
        assertSame(new LogEntry.Finished(CHANNEL, lsns));
        assertThat(out.length()).isLessThan(CHANNEL.value().length() + 8);
    }

    @Test
    void refsCanBeTakenInAnyOrder() throws MalformedEntry {
        List<Ref> refs = refs();
        List<Ref> decoded =
                ((LogEntry.Requeued) roundTrip(new LogEntry.Requeued(CHANNEL, refs))).refs();
        for (int i = 0; i < 1000 && !refs.isEmpty(); i++) {
            int at = random.nextInt(refs.size());
            assertThat(decoded.get(at)).as("seed %d", seed).isEqualTo(refs.get(at));
        }
        assertThatThrownBy(() -> decoded.get(refs.size()))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    /** Whatever it is, it is read or refused; and what is read is a proper entry. */
    @Test
    void anyBytesAreAnEntryOrMalformed() {
        int malformed = 0;
        for (int i = 0; i < 100_000; i++) {
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            try {
                assertSame(EntryCodec.decode((byte) random.nextInt(16), ByteBuffer.wrap(bytes)));
            } catch (MalformedEntry e) {
                malformed++;
            }
        }
        assertThat(malformed).as("seed %d", seed).isGreaterThan(10_000);
    }

    @Test
    void whatIsCutOffOrChangedIsMalformedOrAnotherEntry() throws MalformedEntry {
        for (int i = 0; i < 20_000; i++) {
            out.reset();
            byte type = EntryCodec.encode(entry(), out);
            byte[] bytes = Arrays.copyOf(out.array(), random.nextInt(out.length() + 1));
            if (bytes.length > 0 && random.nextBoolean()) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                assertSame(EntryCodec.decode(type, ByteBuffer.wrap(bytes)));
            } catch (MalformedEntry e) {
                assertThat(e).hasMessageNotContaining("null");
            }
        }
    }

    @Test
    void noEntryIsOfAnUnknownType() {
        for (byte type : new byte[] {-1, 0, 14, 15, 127}) {
            assertThatThrownBy(() -> EntryCodec.decode(type, ByteBuffer.allocate(0)))
                    .isInstanceOf(MalformedEntry.class)
                    .hasMessageContaining("type " + type);
        }
    }

    @Test
    void moreMessagesThanMayBeFinishedAtOnceAreRefused() {
        LogEntry finished = new LogEntry.Finished(CHANNEL, new long[EntryCodec.MAX_FINISHED + 1]);
        assertThatThrownBy(() -> EntryCodec.encode(finished, out))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most " + EntryCodec.MAX_FINISHED);
    }
}
