package io.sluice.nsqd.blackbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Keys that the JDK's keytool makes for this run: of an authority, of a daemon and of alice, both
 * signed by it, and of mallory, who signed for himself.
 */
final class Certificates {
    private static final char[] PASSWORD = "not-secret".toCharArray();

    private final Path folder;
    private final KeyStore keys;

    private Certificates() throws IOException, GeneralSecurityException {
        DataFolder home = new DataFolder();
        Runtime.getRuntime().addShutdownHook(new Thread(home::close));
        folder = home.path();
        Path file = folder.resolve("keys.p12");
        make(file, "authority", "-ext", "bc:critical=ca:true");
        make(file, "daemon", "-signer", "authority", "-ext", "san=ip:127.0.0.1");
        make(file, "alice", "-signer", "authority");
        make(file, "mallory");
        keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        pem("authority.pem", "CERTIFICATE", keys.getCertificate("authority").getEncoded());
        for (String name : List.of("daemon", "alice")) {
            pem(name + ".pem", "CERTIFICATE", keys.getCertificate(name).getEncoded());
            Key key = keys.getKey(name, PASSWORD);
            pem(name + "-key.pem", "PRIVATE KEY", key.getEncoded());
        }
    }

    private static void make(Path file, String name, String... more) throws IOException {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        words.addAll(List.of("-genkeypair", "-alias", name, "-dname", "O=Pond, CN=" + name));
        words.addAll(List.of("-keyalg", "EC", "-storepass", new String(PASSWORD)));
        words.addAll(List.of("-keystore", file.toString()));
        words.addAll(List.of(more));
        Process keytool = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes());
        try {
            if (keytool.waitFor() != 0) throw new IOException(said);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private void pem(String name, String type, byte[] der) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        String pem = "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n";
        Files.writeString(folder.resolve(name), pem);
    }

    private static Certificates get() {
        return Made.ONCE;
    }

    /** A file of those made: authority.pem, and .pem and -key.pem of daemon and alice. */
    static Path file(String name) {
        return get().folder.resolve(name);
    }

    /** The flags of a daemon that can do TLS. */
    static List<String> flags() {
        return List.of(
                "--tls-cert=" + file("daemon.pem"),
                "--tls-key=" + file("daemon-key.pem"),
                "--https-address=127.0.0.1:0");
    }

    /** A client that believes the authority and shows nothing. */
    static SSLContext anonymous() {
        return context("TLS", null);
    }

    /** A client that shows the certificate of this name, and speaks at most this version. */
    static SSLContext context(String version, String name) {
        try {
            TrustManagerFactory trust =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            KeyStore authority = empty();
            authority.setCertificateEntry("authority", get().keys.getCertificate("authority"));
            trust.init(authority);
            KeyManagerFactory own =
                    KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            KeyStore only = empty();
            if (name != null) {
                Key key = get().keys.getKey(name, PASSWORD);
                only.setKeyEntry(name, key, PASSWORD, get().keys.getCertificateChain(name));
            }
            own.init(only, PASSWORD);
            SSLContext context = SSLContext.getInstance(version);
            context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    /** Made by the first test that needs them. */
    private static final class Made {
        static final Certificates ONCE = make();

        private static Certificates make() {
            try {
                return new Certificates();
            } catch (IOException | GeneralSecurityException e) {
                throw new AssertionError("keytool", e);
            }
        }
    }
}
