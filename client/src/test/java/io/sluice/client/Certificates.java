package io.sluice.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate that signs itself, for 127.0.0.1, made by the JDK's keytool. */
final class Certificates {
    private static final String PASSWORD = "password";
    private static final String ALIAS = "self";
    private static final int RSA_HEADER_LENGTH = 26;

    private final Path folder;
    private final KeyStore store;

    private Certificates(Path folder, KeyStore store) {
        this.folder = folder;
        this.store = store;
    }

    static Certificates make(Path parent, String algorithm)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path folder = Files.createTempDirectory(parent, algorithm);
        Path file = folder.resolve("store.p12");
        List<String> keytool =
                Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "keytool"),
                                "-genkeypair -storetype PKCS12 -validity 2 -dname CN=sluice",
                                "-ext san=ip:127.0.0.1 -keyalg " + algorithm,
                                "-storepass " + PASSWORD + " -alias " + ALIAS,
                                "-keystore " + file)
                        .flatMap(words -> Arrays.stream(words.toString().split(" ")))
                        .toList();
        Process process = new ProcessBuilder(keytool).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(output).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return new Certificates(folder, store);
    }

    /** Shows the certificate, and trusts whoever shows it. */
    SSLContext context() throws GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, PASSWORD.toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        try {
            trusted.load(null, null);
        } catch (IOException e) {
            throw new AssertionError("nothing to load", e);
        }
        trusted.setCertificateEntry(ALIAS, store.getCertificate(ALIAS));
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    Path certificate() throws IOException, GeneralSecurityException {
        return pem("CERTIFICATE", store.getCertificate(ALIAS).getEncoded());
    }

    Path key() throws IOException, GeneralSecurityException {
        return pem("PRIVATE KEY", pkcs8());
    }

    /** The same key as Go's tools write it: what is inside the PKCS #8 one. */
    Path rsaKey() throws IOException, GeneralSecurityException {
        byte[] whole = pkcs8();
        return pem("RSA PRIVATE KEY", Arrays.copyOfRange(whole, RSA_HEADER_LENGTH, whole.length));
    }

    private byte[] pkcs8() throws GeneralSecurityException {
        return store.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded();
    }

    private Path pem(String what, byte[] der) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return Files.writeString(
                folder.resolve(what.replace(' ', '-') + ".pem"),
                Stream.of("-----BEGIN " + what + "-----", text, "-----END " + what + "-----\n")
                        .collect(Collectors.joining("\n")));
    }
}
