package io.sluice.nsqd.net;

import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** The name in a client's certificate. */
final class PeerName {
    private PeerName() {}

    /** The common name, the last if there are several; empty when there is none. */
    static String of(SSLSession session) {
        try {
            Certificate own = session.getPeerCertificates()[0];
            return own instanceof X509Certificate x509 ? commonName(x509) : "";
        } catch (SSLPeerUnverifiedException none) {
            return "";
        }
    }

    private static String commonName(X509Certificate certificate) {
        String found = "";
        try {
            LdapName subject = new LdapName(certificate.getSubjectX500Principal().getName());
            for (Rdn rdn : subject.getRdns()) {
                if (rdn.getType().equalsIgnoreCase("CN")) found = rdn.getValue().toString();
            }
        } catch (InvalidNameException e) {
            throw new AssertionError("a principal writes proper names", e);
        }
        return found;
    }
}
