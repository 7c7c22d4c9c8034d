package io.sluice.nsqd;

import io.sluice.daemon.HostAndPort;
import io.sluice.daemon.StartException;
import io.sluice.nsqd.net.TlsSettings;
import io.sluice.nsqd.net.TlsSettings.ClientCertificate;
import io.sluice.nsqd.net.TlsVersion;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Flags of TLS, on the client port and for HTTPS. */
final class TlsOptions {
    private static final String TCP_HTTPS = "tcp-https";

    @Option(
            names = "--https-address",
            defaultValue = "0.0.0.0:4152",
            description =
                    "<addr>:<port> to listen on for HTTPS clients, when there is a certificate")
    String httpsAddress;

    @Option(
            names = "--tls-cert",
            defaultValue = "",
            description = "path to a certificate, PEM; with --tls-key, clients may use TLS")
    String tlsCert;

    @Option(
            names = "--tls-key",
            defaultValue = "",
            description = "path to the key of --tls-cert, PEM")
    String tlsKey;

    @Option(
            names = "--tls-client-auth-policy",
            defaultValue = "",
            description =
                    "certificates of clients: require (any will do) or require-verify; implies"
                            + " --tls-required")
    String tlsClientAuthPolicy;

    @Option(
            names = "--tls-root-ca-file",
            defaultValue = "",
            description = "path to PEM certificates of those who sign for clients and auth servers")
    String tlsRootCaFile;

    @Option(
            names = "--tls-required",
            defaultValue = "false",
            fallbackValue = "true",
            arity = "0..1",
            description =
                    "refuse clients without TLS: true, false, or tcp-https (HTTP may stay plain)")
    String tlsRequired;

    @Option(
            names = "--tls-min-version",
            defaultValue = "tls1.0",
            description =
                    "oldest version to speak: tls1.0, tls1.1, tls1.2 or tls1.3; JDKs speak 1.2 and"
                            + " newer unless told otherwise")
    String tlsMinVersion;

    /** Whom TLS is required of. */
    enum Required {
        NOBODY,
        TCP_CLIENTS,
        EVERYBODY
    }

    boolean isOn() {
        return !tlsCert.isEmpty() || !tlsKey.isEmpty();
    }

    TlsSettings settings() {
        return new TlsSettings(tlsCert, tlsKey, tlsRootCaFile, clients(), oldest());
    }

    private ClientCertificate clients() {
        return switch (tlsClientAuthPolicy) {
            case "" -> ClientCertificate.NONE;
            case "require" -> ClientCertificate.ANY;
            case "require-verify" -> ClientCertificate.VERIFIED;
            default ->
                    throw StartException.badFlag(
                            "--tls-client-auth-policy",
                            "must be require or require-verify, not " + tlsClientAuthPolicy);
        };
    }

    Required required() {
        Required required = requiredByFlag();
        // Who asks for certificates does not want clients that show none.
        return required == Required.NOBODY && clients() != ClientCertificate.NONE
                ? Required.EVERYBODY
                : required;
    }

    private Required requiredByFlag() {
        return switch (tlsRequired.toLowerCase(Locale.ROOT)) {
            case "true", "t", "1" -> Required.EVERYBODY;
            case "false", "f", "0" -> Required.NOBODY;
            case TCP_HTTPS -> Required.TCP_CLIENTS;
            default ->
                    throw StartException.badFlag(
                            "--tls-required",
                            "must be true, false or " + TCP_HTTPS + ", not " + tlsRequired);
        };
    }

    private TlsVersion oldest() {
        for (TlsVersion version : TlsVersion.values()) {
            if (tlsMinVersion.equalsIgnoreCase("tls" + version.number())) return version;
        }
        throw StartException.badFlag(
                "--tls-min-version",
                "must be one of "
                        + Arrays.stream(TlsVersion.values())
                                .map(version -> "tls" + version.number())
                                .collect(Collectors.joining(", "))
                        + ", not "
                        + tlsMinVersion);
    }

    /** Where to listen for HTTPS; null for nowhere. */
    HostAndPort httpsAddress() {
        if (!isOn() || httpsAddress.isEmpty()) return null;
        try {
            return HostAndPort.parse(httpsAddress);
        } catch (IllegalArgumentException e) {
            throw StartException.badFlag("--https-address", e.getMessage());
        }
    }

    void validate() {
        oldest();
        httpsAddress();
        if (tlsCert.isEmpty() != tlsKey.isEmpty()) {
            throw StartException.badFlag(
                    tlsCert.isEmpty() ? "--tls-cert" : "--tls-key",
                    "is missing: a certificate and its key go together");
        }
        if (required() != Required.NOBODY && !isOn()) {
            throw StartException.badFlag(
                    "--tls-required", "cannot be without --tls-cert and --tls-key");
        }
    }
}
