package io.sluice.nsqd.store;

import io.sluice.protocol.Bytes;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.MessageId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Takes the bytes of an entry apart; never reads past their end. */
final class PayloadReader {
    private final ByteBuffer in;

    PayloadReader(ByteBuffer in) {
        this.in = in;
    }

    int remaining() {
        return in.remaining();
    }

    int octet() throws MalformedEntry {
        require(1);
        return in.get() & 0xff;
    }

    boolean flag() throws MalformedEntry {
        int value = octet();
        if (value > 1) throw new MalformedEntry("a flag of " + value + ", 0 or 1 allowed");
        return value == 1;
    }

    int int32() throws MalformedEntry {
        require(4);
        return in.getInt();
    }

    long int64() throws MalformedEntry {
        require(8);
        return in.getLong();
    }

    long unsigned() throws MalformedEntry {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = octet();
            if (shift == 63 && next > 1) throw new MalformedEntry("a number of more than 64 bits");
            value |= (long) (next & 0x7f) << shift;
            if (next < 0x80) return value;
        }
        throw new MalformedEntry("a number of more than 10 bytes");
    }

    long signed() throws MalformedEntry {
        long value = unsigned();
        return value >>> 1 ^ -(value & 1);
    }

    /** A number that is 0 or more and not above {@code max}. */
    int count(String what, long max) throws MalformedEntry {
        long value = unsigned();
        if (value < 0 || value > max || value > Integer.MAX_VALUE) {
            throw new MalformedEntry(what + ": " + Long.toUnsignedString(value) + " of " + max);
        }
        return (int) value;
    }

    MessageId id() throws MalformedEntry {
        require(MessageId.LENGTH);
        return MessageId.take(in);
    }

    /** All that is left. */
    Bytes rest() {
        return Bytes.take(in, in.remaining());
    }

    /** A name, not checked yet; null when empty. */
    String name() throws MalformedEntry {
        int length = octet();
        require(length);
        if (length == 0) return null;
        byte[] ascii = new byte[length];
        in.get(ascii);
        return new String(ascii, StandardCharsets.ISO_8859_1);
    }

    ChannelName channel() throws MalformedEntry {
        ChannelName channel = channelOrNull();
        if (channel == null) throw new MalformedEntry("a channel without a name");
        return channel;
    }

    ChannelName channelOrNull() throws MalformedEntry {
        String name = name();
        if (name == null) return null;
        if (!ChannelName.isValid(name)) throw new MalformedEntry("not a channel name: " + name);
        return new ChannelName(name);
    }

    void requireEnd() throws MalformedEntry {
        if (in.hasRemaining()) throw new MalformedEntry(in.remaining() + " bytes too many");
    }

    private void require(int bytes) throws MalformedEntry {
        if (in.remaining() < bytes) {
            throw new MalformedEntry(bytes + " bytes needed, " + in.remaining() + " there");
        }
    }
}
