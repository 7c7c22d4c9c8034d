package io.sluice.client;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/**
 * How connections are encrypted, and who has to prove to be whom. The daemon must show a
 * certificate for the host of its address, unless {@link Builder#insecure} says otherwise.
 */
public final class Tls {
    private final SSLContext context;
    private final List<String> protocols;
    private final boolean verifiesHost;
    private final boolean required;

    private Tls(
            SSLContext context, List<String> protocols, boolean verifiesHost, boolean required) {
        this.context = context;
        this.protocols = protocols;
        this.verifiesHost = verifiesHost;
        this.required = required;
    }

    /** Keys and trust of this context, and its protocols. */
    public static Tls of(SSLContext context) {
        return new Tls(context, List.of(), true, true);
    }

    /** Trusts what the JVM trusts, until told otherwise. */
    public static Builder builder() {
        return new Builder();
    }

    /** False when a daemon that offers no TLS is talked to in the clear, as NSQ's clients do. */
    public boolean isRequired() {
        return required;
    }

    /** Shakes hands over a connected socket. */
    SSLSocket over(Socket socket, NsqdAddress address) throws IOException {
        SSLSocket tls =
                (SSLSocket)
                        context.getSocketFactory()
                                .createSocket(socket, address.host(), address.port(), true);
        SSLParameters parameters = tls.getSSLParameters();
        if (verifiesHost) parameters.setEndpointIdentificationAlgorithm("HTTPS");
        if (!protocols.isEmpty()) parameters.setProtocols(protocols.toArray(String[]::new));
        tls.setSSLParameters(parameters);
        tls.startHandshake();
        return tls;
    }

    /** Collects what a {@link Tls} is made of. Files are in PEM form. */
    public static final class Builder {
        private Path trusted;
        private Path certificates;
        private Path key;
        private boolean insecure;
        private boolean required = true;
        private List<String> protocols = List.of();

        private Builder() {}

        /** Trusts the authorities of this file, and no others. */
        public Builder trust(Path certificates) {
            trusted = certificates;
            return this;
        }

        /**
         * Shows a certificate to daemons that ask for one.
         *
         * @param certificates the client's own, and those between it and its authority
         * @param key its private key: PKCS #8, or PKCS #1 for RSA, without a password
         */
        public Builder identity(Path certificates, Path key) {
            this.certificates = certificates;
            this.key = key;
            return this;
        }

        /** Believes whoever answers to be the daemon. For tests only. */
        public Builder insecure() {
            insecure = true;
            return this;
        }

        /** Whether a daemon must offer TLS; true. */
        public Builder required(boolean on) {
            required = on;
            return this;
        }

        /** The versions that may be used, by Java's names, such as {@code TLSv1.3}. */
        public Builder protocols(String... names) {
            protocols = List.of(names);
            return this;
        }

        /** Reads the files; IOException when that fails or they do not hold what they should. */
        public Tls build() throws IOException {
            try {
                KeyManager[] keys =
                        certificates == null ? null : Pem.keyManagers(certificates, key);
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(keys, trustManagers(), null);
                return new Tls(context, protocols, !insecure, required);
            } catch (GeneralSecurityException e) {
                throw new IOException("TLS: " + e.getMessage(), e);
            }
        }

        private TrustManager[] trustManagers() throws IOException, GeneralSecurityException {
            if (insecure) return new TrustManager[] {new TrustAll()};
            return trusted == null ? null : Pem.trustManagers(trusted);
        }
    }
}
