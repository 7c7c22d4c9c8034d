package io.sluice.client;

import java.util.Objects;

/**
 * Where a daemon listens for clients.
 *
 * @param host a name or an IP address, an IPv6 one without brackets
 * @param port its TCP port, 1 to 65535
 */
public record NsqdAddress(String host, int port) {
    /** Throws IllegalArgumentException when the host is empty or the port out of range. */
    public NsqdAddress {
        Objects.requireNonNull(host, "host");
        if (host.isEmpty()) throw new IllegalArgumentException("the host must not be empty");
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " is not within 1 and 65535");
        }
    }

    /** Reads {@code host:port} or {@code [ipv6]:port}; IllegalArgumentException for other forms. */
    public static NsqdAddress of(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) throw new IllegalArgumentException("not host:port: " + text);
        String host = text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) host = host.substring(1, colon - 1);
        try {
            return new NsqdAddress(host, Integer.parseInt(text.substring(colon + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not host:port: " + text, e);
        }
    }

    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
