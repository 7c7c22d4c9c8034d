package io.sluice.daemon;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Where a daemon listens: a host and port, or a path of the file system. */
public sealed interface ListenAddress permits HostAndPort, UnixSocket {
    /**
     * A path when there is a slash in it, {@link HostAndPort} otherwise.
     *
     * @throws IllegalArgumentException with what is allowed, on anything else
     */
    static ListenAddress parse(String text) {
        if (text.indexOf('/') >= 0) return new UnixSocket(text);
        try {
            return HostAndPort.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    e.getMessage() + "; for a unix socket, write a path with a slash");
        }
    }

    /** For options: {@code converter = ListenAddress.Converter.class}. */
    final class Converter implements ITypeConverter<ListenAddress> {
        /** For picocli, which makes converters itself. */
        public Converter() {}

        @Override
        public ListenAddress convert(String text) {
            try {
                return parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    /** As {@link Converter}, with an empty text for null: do not listen. */
    final class OptionalConverter implements ITypeConverter<ListenAddress> {
        /** For picocli, which makes converters itself. */
        public OptionalConverter() {}

        @Override
        public ListenAddress convert(String text) {
            return text.isEmpty() ? null : new Converter().convert(text);
        }
    }
}
