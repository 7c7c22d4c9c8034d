package io.sluice.nsqd;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.CRC32;

/** What this machine is called, and the node id that follows from it. */
final class Host {
    private static final int NODE_IDS = 1024;

    private Host() {}

    static String name() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            // The name does not resolve, which is no reason not to use it.
            String name = System.getenv("HOSTNAME");
            return name == null ? "localhost" : name;
        }
    }

    /** The same as NSQ's default: two daemons of a host differ by --node-id alone. */
    static int nodeId() {
        try {
            byte[] name = name().getBytes(StandardCharsets.UTF_8);
            CRC32 crc = new CRC32();
            crc.update(MessageDigest.getInstance("MD5").digest(name));
            return (int) (crc.getValue() % NODE_IDS);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has MD5", e);
        }
    }
}
