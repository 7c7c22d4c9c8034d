package io.sluice.protocol.stream;

import java.util.zip.CRC32C;

/**
 * Snappy's framing format, version 2015:
 *
 * <pre>
 *   1 byte      3 bytes, little endian    length bytes
 *   type        length                    identifier: sNaPpY
 *                                         compressed or plain: masked CRC-32C of the plain
 *                                         data, 4 bytes little endian; data
 * </pre>
 */
final class SnappyFormat {
    static final int COMPRESSED = 0x00;
    static final int PLAIN = 0x01;
    static final int IDENTIFIER = 0xff;

    /** Types from here on, but the identifier, are to be passed over; the others are not. */
    static final int FIRST_SKIPPABLE = 0x80;

    static final int HEADER_LENGTH = 4;
    static final int CHECKSUM_LENGTH = 4;

    /** Bytes that one chunk holds at most, before compression. */
    static final int MAX_PLAIN = 65_536;

    private static final byte[] NAME = {'s', 'N', 'a', 'P', 'p', 'Y'};

    private SnappyFormat() {}

    static byte[] name() {
        return NAME.clone();
    }

    static int maskedChecksum(byte[] plain, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(plain, offset, length);
        return Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
    }
}
