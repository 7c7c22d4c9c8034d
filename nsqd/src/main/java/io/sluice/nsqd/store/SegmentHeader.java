package io.sluice.nsqd.store;

import io.sluice.protocol.TopicName;
import java.nio.ByteBuffer;

/** What the first record of a segment says. */
record SegmentHeader(int version, TopicName topic, long firstLsn) {
    /** The form of all records behind it; the only one that there is so far. */
    static final int VERSION = 1;

    void write(PayloadWriter out) {
        out.octet(version);
        out.name(topic.value());
        out.int64(firstLsn);
    }

    /** Reads a header of this version, or only the number of another version. */
    static SegmentHeader read(ByteBuffer payload) throws MalformedEntry, UnknownVersion {
        PayloadReader in = new PayloadReader(payload);
        int version = in.octet();
        if (version != VERSION) throw new UnknownVersion(version);
        String name = in.name();
        if (name == null || !TopicName.isValid(name)) {
            throw new MalformedEntry("not a topic name: " + name);
        }
        SegmentHeader header = new SegmentHeader(version, new TopicName(name), in.int64());
        in.requireEnd();
        return header;
    }

    /** A segment that a later version of this daemon has written. */
    static final class UnknownVersion extends Exception {
        private static final long serialVersionUID = 1;

        private UnknownVersion(int version) {
            super("format version " + version + ", understood is " + VERSION);
        }
    }
}
