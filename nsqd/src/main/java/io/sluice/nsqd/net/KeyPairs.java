package io.sluice.nsqd.net;

import java.security.GeneralSecurityException;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509KeyManager;

/** Whether a key is that of its certificate, which a JVM would only find out at each handshake. */
final class KeyPairs {
    private static final Map<String, String> SIGNATURES =
            Map.of(
                    "RSA", "SHA256withRSA",
                    "EC", "SHA256withECDSA",
                    "DSA", "SHA256withDSA",
                    "EdDSA", "EdDSA");

    private KeyPairs() {}

    /** Throws KeyStoreException when one is not. */
    static void check(KeyManagerFactory keys) throws GeneralSecurityException {
        for (KeyManager manager : keys.getKeyManagers()) {
            if (manager instanceof X509KeyManager known) check(known);
        }
    }

    private static void check(X509KeyManager keys) throws GeneralSecurityException {
        for (String algorithm : SIGNATURES.keySet()) {
            String[] names = keys.getServerAliases(algorithm, null);
            if (names == null) continue;
            for (String name : names) {
                PublicKey certified = keys.getCertificateChain(name)[0].getPublicKey();
                if (fits(keys.getPrivateKey(name), certified)) continue;
                throw new KeyStoreException("the key is not that of the certificate");
            }
        }
    }

    private static boolean fits(PrivateKey key, PublicKey certified)
            throws GeneralSecurityException {
        if (!key.getAlgorithm().equals(certified.getAlgorithm())) return false;
        Signature signature = Signature.getInstance(SIGNATURES.get(key.getAlgorithm()));
        byte[] text = {1, 2, 3};
        signature.initSign(key);
        signature.update(text);
        byte[] signed = signature.sign();
        signature.initVerify(certified);
        signature.update(text);
        return signature.verify(signed);
    }
}
