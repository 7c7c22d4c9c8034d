package io.sluice.nsqd.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.protocol.Bytes;
import io.sluice.protocol.Message;
import io.sluice.protocol.MessageId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** Makes a data path such as NSQ's nsqd leaves it. */
final class NsqFiles {
    static final long NOW_NS = 1_795_195_582_387_870_096L;

    private final Path directory;

    NsqFiles(Path directory) {
        this.directory = directory;
    }

    /** A message whose id, time and body follow from its number. */
    static Message message(int number, int attempts) {
        return new Message(
                MessageId.ofGuid(number), NOW_NS + number, attempts, Bytes.utf8("m-" + number));
    }

    static byte[] record(Message message) {
        int length = Message.HEADER_LENGTH + message.body().length();
        ByteBuffer out = ByteBuffer.allocate(4 + length);
        out.putInt(length).putLong(message.timestampNs()).putShort((short) message.attempts());
        message.id().putTo(out);
        message.body().putTo(out);
        return out.array();
    }

    /** Records of the messages with these numbers, first to last. */
    static byte[] records(int first, int last) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = first; i <= last; i++) out.writeBytes(record(message(i, 0)));
        return out.toByteArray();
    }

    Path segment(String queue, int number) {
        return directory.resolve("%s.diskqueue.%06d.dat".formatted(queue, number));
    }

    NsqFiles segment(String queue, int number, byte[]... parts) throws IOException {
        Path file = segment(queue, number);
        Files.write(file, new byte[0]);
        for (byte[] part : parts) Files.write(file, part, StandardOpenOption.APPEND);
        return this;
    }

    NsqFiles positions(String queue, String text) throws IOException {
        Files.write(directory.resolve(queue + ".diskqueue.meta.dat"), text.getBytes(UTF_8));
        return this;
    }

    /** A queue in one segment that was stopped properly. */
    NsqFiles queue(String queue, int first, int last) throws IOException {
        byte[] records = records(first, last);
        return segment(queue, 0, records)
                .positions(queue, (last - first + 1) + "\n0,0\n0," + records.length + "\n");
    }

    /** The same bytes with a few of them different. */
    static byte[] changed(byte[] bytes, int at, int... values) {
        byte[] copy = Arrays.copyOf(bytes, bytes.length);
        for (int i = 0; i < values.length; i++) copy[at + i] = (byte) values[i];
        return copy;
    }
}
