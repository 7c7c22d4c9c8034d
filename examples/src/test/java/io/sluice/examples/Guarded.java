package io.sluice.examples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * What a daemon with TLS and AUTH needs around it: a certificate, and a server that knows secrets.
 */
final class Guarded implements AutoCloseable {
    static final String SECRET = "open-sesame";
    private static final String PASSWORD = "not-secret";

    private final DataFolder folder = new DataFolder();
    private final HttpServer auth;
    private final KeyStore keys;

    Guarded() throws IOException, GeneralSecurityException {
        keys = makeKeys();
        write("cert.pem", "CERTIFICATE", keys.getCertificate("nsqd").getEncoded());
        byte[] key = keys.getKey("nsqd", PASSWORD.toCharArray()).getEncoded();
        write("key.pem", "PRIVATE KEY", key);
        auth = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        auth.createContext("/auth", Guarded::answer);
        auth.start();
    }

    private KeyStore makeKeys() throws IOException, GeneralSecurityException {
        Path file = folder.path().resolve("keys.p12");
        Process keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                "nsqd",
                                "-dname",
                                "CN=nsqd",
                                "-ext",
                                "san=ip:127.0.0.1",
                                "-keyalg",
                                "RSA",
                                "-storepass",
                                PASSWORD,
                                "-keystore",
                                file.toString())
                        .inheritIO()
                        .start();
        try {
            if (keytool.waitFor() != 0) throw new IOException("keytool failed");
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private void write(String name, String type, byte[] der) throws IOException {
        String text = Base64.getMimeEncoder().encodeToString(der);
        String pem = "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n";
        Files.writeString(folder.path().resolve(name), pem);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String query = exchange.getRequestURI().getQuery();
            boolean known = query.contains("secret=" + SECRET + "&");
            String all =
                    "{\"topic\":\".*\",\"channels\":[\".*\"],"
                            + "\"permissions\":[\"subscribe\",\"publish\"]}";
            String answer = "{\"ttl\":60,\"authorizations\":[" + (known ? all : "") + "]}";
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    /** Flags of a daemon that lets nobody in without TLS and a secret. */
    String[] flags() {
        String asks = "--auth-http-address=127.0.0.1:" + auth.getAddress().getPort();
        return Stream.concat(Stream.of(tlsFlags()), Stream.of(asks)).toArray(String[]::new);
    }

    /** Flags of one that lets nobody in without TLS. */
    String[] tlsFlags() {
        return new String[] {
            "--tls-cert=" + folder.path().resolve("cert.pem"),
            "--tls-key=" + folder.path().resolve("key.pem"),
            "--https-address=",
            "--tls-required=tcp-https"
        };
    }

    /** Believes the certificate of that daemon. */
    TrustManagerFactory trust() throws GeneralSecurityException {
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(keys);
        return trust;
    }

    /** Makes sockets to that daemon. */
    SSLSocketFactory sockets() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust().getTrustManagers(), null);
        return context.getSocketFactory();
    }

    @Override
    public void close() {
        auth.stop(0);
        folder.close();
    }
}
