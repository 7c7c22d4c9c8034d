package io.sluice.client.tools;

import io.sluice.daemon.GoDuration;
import io.sluice.daemon.GoFlags;
import io.sluice.daemon.HostAndPort;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * An option of NSQ's client library as {@code --consumer-opt} and {@code --producer-opt} take it:
 * {@code key,value}, or {@code key} for true.
 *
 * @param key with underscores
 */
record ClientOption(String key, String value) {
    /** Oldest first. */
    static final List<String> TLS_VERSIONS = List.of("tls1.0", "tls1.1", "tls1.2", "tls1.3");

    private static final List<String> ADDRESSES = List.of("host", "host:port", ":port");

    private static final Form BOOLEAN = new Form(Kind.BOOLEAN, "", "", GoFlags.BOOLEANS);

    /** What may be said for each key; the ranges are NSQ's. */
    private static final Map<String, Form> FORMS =
            Map.ofEntries(
                    Map.entry("dial_timeout", new Form(Kind.DURATION, "1ms", "5m")),
                    Map.entry("read_timeout", new Form(Kind.DURATION, "100ms", "5m")),
                    Map.entry("write_timeout", new Form(Kind.DURATION, "100ms", "5m")),
                    Map.entry("local_addr", new Form(Kind.ADDRESS, "", "", ADDRESSES)),
                    Map.entry("lookupd_poll_interval", new Form(Kind.DURATION, "10ms", "5m")),
                    Map.entry("lookupd_poll_jitter", new Form(Kind.NUMBER, "0", "1")),
                    Map.entry("lookupd_poll_timeout", new Form(Kind.DURATION, "1ms", "1h")),
                    Map.entry("max_requeue_delay", new Form(Kind.DURATION, "0", "1h")),
                    Map.entry("default_requeue_delay", new Form(Kind.DURATION, "0", "1h")),
                    Map.entry("backoff_strategy", new Form("exponential", "full_jitter")),
                    Map.entry("max_backoff_duration", new Form(Kind.DURATION, "0", "1h")),
                    Map.entry("backoff_multiplier", new Form(Kind.DURATION, "0", "1h")),
                    Map.entry("max_attempts", new Form(Kind.INTEGER, "0", "65535")),
                    Map.entry("low_rdy_idle_timeout", new Form(Kind.DURATION, "1s", "5m")),
                    Map.entry("low_rdy_timeout", new Form(Kind.DURATION, "1s", "5m")),
                    Map.entry("rdy_redistribute_interval", new Form(Kind.DURATION, "1ms", "5s")),
                    Map.entry("client_id", new Form()),
                    Map.entry("hostname", new Form()),
                    Map.entry("user_agent", new Form()),
                    Map.entry("heartbeat_interval", new Form(Kind.DURATION, "1s", "1m")),
                    Map.entry("sample_rate", new Form(Kind.INTEGER, "0", "99")),
                    Map.entry("output_buffer_size", new Form(Kind.INTEGER, "-1", "2147483647")),
                    Map.entry("output_buffer_timeout", new Form(Kind.DURATION, "0", "1h")),
                    Map.entry("max_in_flight", new Form(Kind.INTEGER, "0", "2147483647")),
                    Map.entry("msg_timeout", new Form(Kind.DURATION, "0", "24h")),
                    Map.entry("tls_v1", BOOLEAN),
                    Map.entry("tls_root_ca_file", new Form()),
                    Map.entry("tls_cert", new Form()),
                    Map.entry("tls_key", new Form()),
                    Map.entry("tls_insecure_skip_verify", BOOLEAN),
                    Map.entry("tls_min_version", new Form(TLS_VERSIONS)),
                    Map.entry("deflate", BOOLEAN),
                    Map.entry("deflate_level", new Form(Kind.INTEGER, "1", "9")),
                    Map.entry("snappy", BOOLEAN),
                    Map.entry("auth_secret", new Form()),
                    Map.entry("skip_lookupd_authorization", BOOLEAN));

    /**
     * Throws IllegalArgumentException for keys that NSQ does not have and values that do not go.
     */
    static ClientOption parse(String text) {
        int comma = text.indexOf(',');
        String key = (comma < 0 ? text : text.substring(0, comma)).replace('-', '_');
        String value = comma < 0 ? "true" : text.substring(comma + 1);
        Form form = FORMS.get(key);
        if (form == null) throw new IllegalArgumentException("there is no option '" + key + "'");
        form.check(key, value);
        return new ClientOption(key, form.kind == Kind.BOOLEAN ? GoFlags.bool(value) : value);
    }

    /** Of an address where only one of host and port may be given, or none; then a port of 0. */
    static HostAndPort address(String text) {
        boolean hasPort = text.lastIndexOf(':') > text.lastIndexOf(']');
        return HostAndPort.parse(hasPort ? text : text + ":0");
    }

    private enum Kind {
        ADDRESS,
        BOOLEAN,
        DURATION,
        INTEGER,
        NUMBER,
        WORD,
        TEXT
    }

    /** A kind of value: from {@code first} to {@code last}, or one of the forms in words. */
    private record Form(Kind kind, String first, String last, List<String> words) {
        Form() {
            this(Kind.TEXT, "", "");
        }

        Form(Kind kind, String first, String last) {
            this(kind, first, last, List.of());
        }

        Form(String one, String other) {
            this(List.of(one, other));
        }

        Form(List<String> words) {
            this(Kind.WORD, "", "", words);
        }

        void check(String key, String value) {
            boolean allowed =
                    switch (kind) {
                        case ADDRESS -> isParsed(() -> address(value));
                        case BOOLEAN -> isParsed(() -> GoFlags.bool(value));
                        case TEXT -> true;
                        case WORD -> words.contains(value);
                        case DURATION, INTEGER, NUMBER -> isWithin(value);
                    };
            if (allowed) return;
            String range = words.isEmpty() ? first + " to " + last : GoFlags.oneOf(words);
            throw new IllegalArgumentException(key + " is " + range + ", not '" + value + "'");
        }

        private static boolean isParsed(Runnable parser) {
            try {
                parser.run();
                return true;
            } catch (IllegalArgumentException e) {
                return false;
            }
        }

        private boolean isWithin(String value) {
            try {
                BigDecimal number = number(value);
                return number.compareTo(number(first)) >= 0 && number.compareTo(number(last)) <= 0;
            } catch (IllegalArgumentException e) {
                return false;
            }
        }

        /** A number, or the nanoseconds of a duration. */
        private BigDecimal number(String value) {
            if (kind == Kind.DURATION) return BigDecimal.valueOf(GoDuration.parse(value).toNanos());
            BigDecimal number = new BigDecimal(value);
            if (kind == Kind.INTEGER && number.scale() != 0) {
                throw new NumberFormatException("not a whole number");
            }
            return number;
        }
    }

    /** For flags. */
    static final class Converter implements ITypeConverter<ClientOption> {
        @Override
        public ClientOption convert(String text) {
            try {
                return parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
