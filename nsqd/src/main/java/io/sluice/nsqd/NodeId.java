package io.sluice.nsqd;

import io.sluice.daemon.Hostname;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.CRC32;

/** The number that stands for this daemon in message ids, unless it is given one. */
final class NodeId {
    private static final int NODE_IDS = 1024;

    private NodeId() {}

    /** The same as NSQ's default: two daemons of a host differ by --node-id alone. */
    static int ofHost() {
        try {
            byte[] name = Hostname.get().getBytes(StandardCharsets.UTF_8);
            CRC32 crc = new CRC32();
            crc.update(MessageDigest.getInstance("MD5").digest(name));
            return (int) (crc.getValue() % NODE_IDS);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has MD5", e);
        }
    }
}
