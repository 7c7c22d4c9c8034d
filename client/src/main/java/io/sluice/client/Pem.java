package io.sluice.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Certificates and keys from files in PEM form, as the JDK's TLS wants them. */
final class Pem {
    private static final Pattern KEY =
            Pattern.compile(
                    "-----BEGIN ((?:[A-Z]+ )?PRIVATE KEY)-----"
                            + "([A-Za-z0-9+/=\\s]+)-----END \\1-----");

    /** DER of "version 0, algorithm RSA": what stands before a PKCS #1 key inside a PKCS #8 one. */
    private static final byte[] RSA_HEADER = {
        0x02,
        0x01,
        0x00,
        0x30,
        0x0d,
        0x06,
        0x09,
        0x2a,
        (byte) 0x86,
        0x48,
        (byte) 0x86,
        (byte) 0xf7,
        0x0d,
        0x01,
        0x01,
        0x01,
        0x05,
        0x00
    };

    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;

    private Pem() {}

    static TrustManager[] trustManagers(Path certificates)
            throws IOException, GeneralSecurityException {
        KeyStore store = emptyStore();
        for (Certificate certificate : certificates(certificates)) {
            store.setCertificateEntry("trusted-" + store.size(), certificate);
        }
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    static KeyManager[] keyManagers(Path certificates, Path key)
            throws IOException, GeneralSecurityException {
        KeyStore store = emptyStore();
        // Only in memory: the password protects nothing.
        char[] password = new char[0];
        Certificate[] chain = certificates(certificates).toArray(Certificate[]::new);
        store.setKeyEntry("identity", privateKey(key), password, chain);
        KeyManagerFactory factory =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, password);
        return factory.getKeyManagers();
    }

    private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static List<Certificate> certificates(Path file)
            throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            List<Certificate> certificates = List.copyOf(factory.generateCertificates(in));
            if (certificates.isEmpty()) throw new IOException("no certificate in " + file);
            return certificates;
        }
    }

    static PrivateKey privateKey(Path file) throws IOException, GeneralSecurityException {
        Matcher pem = KEY.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
        if (!pem.find()) throw new IOException("no unencrypted private key in " + file);
        byte[] der = Base64.getMimeDecoder().decode(pem.group(2));
        return switch (pem.group(1)) {
            case "PRIVATE KEY" -> pkcs8(der, file);
            case "RSA PRIVATE KEY" -> pkcs8(wrappedRsa(der), file);
            default ->
                    throw new IOException(
                            pem.group(1)
                                    + " in "
                                    + file
                                    + ": make it PKCS #8 with openssl pkcs8 -topk8 -nocrypt");
        };
    }

    private static PrivateKey pkcs8(byte[] der, Path file)
            throws IOException, GeneralSecurityException {
        for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
            try {
                return KeyFactory.getInstance(algorithm)
                        .generatePrivate(new PKCS8EncodedKeySpec(der));
            } catch (InvalidKeySpecException e) {
                Log.LOGGER.log(System.Logger.Level.DEBUG, "not a key for " + algorithm);
            }
        }
        throw new IOException("the private key in " + file + " is not for RSA, EC or EdDSA");
    }

    private static byte[] wrappedRsa(byte[] pkcs1) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.write(RSA_HEADER);
        content.write(tagged(OCTET_STRING, pkcs1));
        return tagged(SEQUENCE, content.toByteArray());
    }

    private static byte[] tagged(int tag, byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        // Always the three-byte length: a key is longer than 255 bytes and shorter than 64 KiB.
        out.write(0x82);
        out.write(content.length >>> 8);
        out.write(content.length);
        out.write(content);
        return out.toByteArray();
    }
}
