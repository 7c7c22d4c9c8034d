package io.sluice.nsqd.net;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.sluice.daemon.StartException;
import io.sluice.nsqd.net.TlsSettings.ClientCertificate;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.net.TrustOptions;
import java.security.KeyStore;
import java.util.LinkedHashSet;
import java.util.concurrent.Executor;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** The daemon's side of TLS, for clients that change to it and for HTTPS. */
public final class Tls {
    /** How long a client may take for its handshake. */
    private static final long HANDSHAKE_MS = 5_000;

    private final Vertx vertx;
    private final TlsSettings settings;
    private final Executor handshakes;
    private volatile Credentials now;

    private Tls(Vertx vertx, TlsSettings settings) {
        this.vertx = vertx;
        this.settings = settings;
        // Signatures take milliseconds, in which a loop would do nothing else.
        this.handshakes = task -> vertx.executeBlocking(() -> run(task), false);
    }

    /** What is in the files, and what is made of it. */
    private record Credentials(SslContext context, KeyCertOptions key, TrustOptions trust) {}

    private static Void run(Runnable task) {
        task.run();
        return null;
    }

    /**
     * Reads the files.
     *
     * @throws StartException when they are not what they should be
     */
    public static Tls open(Vertx vertx, TlsSettings settings) {
        Tls tls = new Tls(vertx, settings);
        tls.read();
        return tls;
    }

    /**
     * Reads the files anew, for connections from now on; those that there are keep what they have.
     *
     * @throws StartException when they are not what they should be, and nothing is changed
     */
    public void read() {
        try {
            now = credentials();
        } catch (Exception e) {
            throw new StartException(
                    "cannot use TLS with --tls-cert="
                            + settings.certificate()
                            + " --tls-key="
                            + settings.key()
                            + " --tls-root-ca-file="
                            + settings.rootCa()
                            + ": "
                            + e.getMessage(),
                    e);
        }
    }

    private Credentials credentials() throws Exception {
        PemKeyCertOptions files =
                new PemKeyCertOptions()
                        .setCertPath(settings.certificate())
                        .setKeyPath(settings.key());
        KeyManagerFactory keys = files.getKeyManagerFactory(vertx);
        KeyPairs.check(keys);
        TrustManager trusted = trusted(vertx, settings);
        SslContext context =
                SslContextBuilder.forServer(keys)
                        .sslProvider(SslProvider.JDK)
                        .trustManager(trusted)
                        .clientAuth(asksForOne() ? ClientAuth.REQUIRE : ClientAuth.NONE)
                        .protocols(settings.oldest().andNewer())
                        .build();
        return new Credentials(context, KeyCertOptions.wrap(keys), TrustOptions.wrap(trusted));
    }

    private static TrustManager trusted(Vertx vertx, TlsSettings settings) throws Exception {
        if (settings.clients() == ClientCertificate.ANY) return new TrustsAll();
        TrustManagerFactory factory = trustFactory(vertx, settings.rootCa());
        return factory.getTrustManagers()[0];
    }

    private static TrustManagerFactory trustFactory(Vertx vertx, String rootCa) throws Exception {
        if (!rootCa.isEmpty()) {
            return new PemTrustOptions().addCertPath(rootCa).getTrustManagerFactory(vertx);
        }
        TrustManagerFactory system =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        system.init((KeyStore) null);
        return system;
    }

    private boolean asksForOne() {
        return settings.clients() != ClientCertificate.NONE;
    }

    /** The codec of one connection. */
    SslHandler newHandler(ByteBufAllocator allocator) {
        SslHandler handler = now.context().newHandler(allocator, handshakes);
        handler.setHandshakeTimeoutMillis(HANDSHAKE_MS);
        return handler;
    }

    /** Makes a server speak HTTPS. */
    public HttpServerOptions secure(HttpServerOptions options) {
        ServerSSLOptions own = serverOptions();
        return options.setSsl(true)
                .setUseAlpn(false)
                .setKeyCertOptions(own.getKeyCertOptions())
                .setTrustOptions(own.getTrustOptions())
                .setClientAuth(own.getClientAuth())
                .setEnabledSecureTransportProtocols(own.getEnabledSecureTransportProtocols());
    }

    /** For a server that speaks HTTPS already. */
    public ServerSSLOptions serverOptions() {
        Credentials current = now;
        return new ServerSSLOptions()
                .setUseAlpn(false)
                .setKeyCertOptions(current.key())
                .setTrustOptions(current.trust())
                .setClientAuth(
                        asksForOne()
                                ? io.vertx.core.http.ClientAuth.REQUIRED
                                : io.vertx.core.http.ClientAuth.NONE)
                .setEnabledSecureTransportProtocols(
                        new LinkedHashSet<>(settings.oldest().andNewer()));
    }
}
