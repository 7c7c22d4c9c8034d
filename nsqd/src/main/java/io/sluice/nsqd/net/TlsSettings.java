package io.sluice.nsqd.net;

/**
 * The files and rules of TLS.
 *
 * @param certificate PEM file, the daemon's own certificate first
 * @param key PEM file with its key
 * @param rootCa PEM file of those whose certificates are believed; empty for the JDK's own list
 * @param clients what they have to show
 * @param oldest version that is spoken
 */
public record TlsSettings(
        String certificate,
        String key,
        String rootCa,
        ClientCertificate clients,
        TlsVersion oldest) {
    /** What a client has to show. */
    public enum ClientCertificate {
        /** Nothing, and it is not asked. */
        NONE,
        /** Any certificate, whoever signed it. */
        ANY,
        /** One that leads to those who are believed. */
        VERIFIED
    }
}
