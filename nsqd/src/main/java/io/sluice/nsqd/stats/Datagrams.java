package io.sluice.nsqd.stats;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Lines packed into datagrams. A line is never split; one that is too long goes alone. */
public final class Datagrams {
    private Datagrams() {}

    /**
     * The datagrams, in the order of the lines.
     *
     * @param lines of ASCII, as names and numbers are
     * @param maxBytes of a datagram with more than one line
     */
    public static List<byte[]> of(List<String> lines, int maxBytes) {
        List<byte[]> datagrams = new ArrayList<>();
        StringBuilder datagram = new StringBuilder();
        for (String line : lines) {
            if (datagram.length() > 0 && datagram.length() + line.length() > maxBytes) {
                datagrams.add(bytes(datagram));
                datagram.setLength(0);
            }
            datagram.append(line);
        }
        if (datagram.length() > 0) datagrams.add(bytes(datagram));
        return datagrams;
    }

    private static byte[] bytes(StringBuilder datagram) {
        return datagram.toString().getBytes(StandardCharsets.UTF_8);
    }
}
