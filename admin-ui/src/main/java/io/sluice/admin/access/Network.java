package io.sluice.admin.access;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** A range of addresses, as in 10.0.0.0/8. */
public record Network(byte[] address, int bits) {
    /** Throws IllegalArgumentException when it is none. */
    public static Network parse(String text) {
        String[] parts = text.split("/", -1);
        if (!parts[0].matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) throw notOne(text);
        try {
            byte[] address = InetAddress.getByName(parts[0]).getAddress();
            int bits = parts.length == 1 ? address.length * 8 : Integer.parseInt(parts[1]);
            if (parts.length > 2 || bits < 0 || bits > address.length * 8) throw notOne(text);
            return new Network(address, bits);
        } catch (UnknownHostException | NumberFormatException e) {
            throw notOne(text);
        }
    }

    private static IllegalArgumentException notOne(String text) {
        return new IllegalArgumentException(
                "'" + text + "' is not a network such as 10.0.0.0/8 or fd00::/8");
    }

    /** Whether that numeric address lies in it. */
    public boolean contains(String numeric) {
        byte[] other;
        try {
            other = InetAddress.getByName(numeric).getAddress();
        } catch (UnknownHostException e) {
            return false;
        }
        if (other.length != address.length) return false;
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % 8);
            if (((address[bit / 8] ^ other[bit / 8]) & mask) != 0) return false;
        }
        return true;
    }
}
