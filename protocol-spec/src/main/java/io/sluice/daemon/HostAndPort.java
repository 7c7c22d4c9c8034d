package io.sluice.daemon;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Where something listens or is reached: {@code host:port}, {@code [::1]:4150}, or {@code :4150}
 * for every address of this machine.
 *
 * @param host a name or an address without brackets; empty for every address
 * @param port 0 lets the system choose one
 */
public record HostAndPort(String host, int port) implements ListenAddress {
    private static final int MAX_PORT = 65_535;

    /** Throws IllegalArgumentException when the port is not within 0 to 65535. */
    public HostAndPort {
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException(
                    "port " + port + " is not allowed: 0 to " + MAX_PORT);
        }
    }

    /** Throws IllegalArgumentException, with what is allowed, on anything else. */
    public static HostAndPort parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) throw notOne(text, "the port is missing");
        String host = text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (bracketed) host = host.substring(1, host.length() - 1);
        else if (host.indexOf(':') >= 0) throw notOne(text, "IPv6 addresses stand in brackets");
        if (host.indexOf('[') >= 0 || host.indexOf(']') >= 0 || host.indexOf('/') >= 0) {
            throw notOne(text, "the host is malformed");
        }
        return new HostAndPort(host, port(text, text.substring(colon + 1)));
    }

    private static int port(String text, String digits) {
        if (!digits.matches("\\d{1,5}")) {
            throw notOne(text, "the port is not a number of 0 to " + MAX_PORT);
        }
        int port = Integer.parseInt(digits);
        if (port > MAX_PORT) throw notOne(text, "the port is above " + MAX_PORT);
        return port;
    }

    private static IllegalArgumentException notOne(String text, String why) {
        return new IllegalArgumentException(
                "'" + text + "' is not host:port, :port or [IPv6]:port: " + why);
    }

    /** The host to bind to, which is never empty. */
    public String bindHost() {
        return host.isEmpty() ? "0.0.0.0" : host;
    }

    /** The same host with another port. */
    public HostAndPort withPort(int actualPort) {
        return new HostAndPort(host, actualPort);
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    /** For options: {@code converter = HostAndPort.Converter.class}. */
    public static final class Converter implements ITypeConverter<HostAndPort> {
        /** For picocli, which makes converters itself. */
        public Converter() {}

        @Override
        public HostAndPort convert(String text) {
            try {
                return parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
