package io.sluice.admin;

import io.sluice.admin.cluster.Upstream;
import io.sluice.daemon.GoDuration;
import io.sluice.daemon.StartException;
import io.vertx.core.Vertx;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The flags that say how daemons are asked. */
final class UpstreamOptions {
    @Option(
            names = "--http-client-connect-timeout",
            defaultValue = "2s",
            converter = GoDuration.class,
            description = "timeout for connecting to a daemon")
    Duration connectTimeout;

    @Option(
            names = "--http-client-request-timeout",
            defaultValue = "5s",
            converter = GoDuration.class,
            description = "timeout for an answer of a daemon")
    Duration requestTimeout;

    @Option(
            names = "--http-client-tls-insecure-skip-verify",
            description = "believe any certificate of a daemon")
    boolean tlsInsecureSkipVerify;

    @Option(
            names = "--http-client-tls-root-ca-file",
            defaultValue = "",
            description = "path to the CA file that certificates of daemons have to come from")
    String tlsRootCaFile;

    @Option(
            names = "--http-client-tls-cert",
            defaultValue = "",
            description = "path to the certificate that is shown to daemons")
    String tlsCert;

    @Option(names = "--http-client-tls-key", defaultValue = "", description = "path to its key")
    String tlsKey;

    /** Reads the files that the flags name. */
    Upstream open(Vertx vertx) {
        Upstream.Tls tls = new Upstream.Tls(tlsInsecureSkipVerify, trust(vertx), identity(vertx));
        return new Upstream(vertx, connectTimeout, requestTimeout, tls);
    }

    /** Null for what the JVM trusts. */
    private PemTrustOptions trust(Vertx vertx) {
        if (tlsRootCaFile.isEmpty()) return null;
        PemTrustOptions trust = new PemTrustOptions().addCertPath(tlsRootCaFile);
        try {
            trust.getTrustManagerFactory(vertx);
            return trust;
        } catch (Exception e) {
            throw unreadable("--http-client-tls-root-ca-file", tlsRootCaFile, e);
        }
    }

    /** Null for none. */
    private PemKeyCertOptions identity(Vertx vertx) {
        if (tlsCert.isEmpty()) return null;
        PemKeyCertOptions identity =
                new PemKeyCertOptions().setCertPath(tlsCert).setKeyPath(tlsKey);
        try {
            identity.getKeyManagerFactory(vertx);
            return identity;
        } catch (Exception e) {
            throw unreadable("--http-client-tls-cert", tlsCert + " with key " + tlsKey, e);
        }
    }

    private static StartException unreadable(String flag, String value, Exception e) {
        return StartException.badFlag(flag, value + " cannot be used: " + e.getMessage());
    }

    void validate() {
        milliseconds("--http-client-connect-timeout", connectTimeout);
        milliseconds("--http-client-request-timeout", requestTimeout);
        if (tlsCert.isEmpty() != tlsKey.isEmpty()) {
            throw new StartException(
                    "--http-client-tls-key and --http-client-tls-cert must be specified together",
                    null);
        }
    }

    private static void milliseconds(String flag, Duration value) {
        if (value.toMillis() >= 1 && value.toMillis() <= Integer.MAX_VALUE) return;
        throw StartException.badFlag(flag, "must be 1ms to 596h, not " + GoDuration.format(value));
    }
}
