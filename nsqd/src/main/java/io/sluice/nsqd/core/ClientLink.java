package io.sluice.nsqd.core;

/**
 * What a connection is beyond plain TCP, and whom an auth server took its client for.
 *
 * @param deflate whether it is compressed with deflate
 * @param snappy whether it is compressed with snappy
 * @param tls null when it is not encrypted
 * @param identity null when the client has not shown a secret
 */
public record ClientLink(boolean deflate, boolean snappy, Tls tls, Identity identity) {
    /** Plain TCP, and nobody knows who. */
    public static final ClientLink PLAIN = new ClientLink(false, false, null, null);

    /**
     * How it is encrypted.
     *
     * @param cipherSuite as in the IANA registry
     * @param version as NSQ writes it: TLS1.3
     */
    public record Tls(String cipherSuite, String version) {}

    /**
     * Who the client is, in the auth server's words.
     *
     * @param url empty when there is none
     */
    public record Identity(String name, String url) {}

    /** The same, encrypted. */
    public ClientLink with(Tls newTls) {
        return new ClientLink(deflate, snappy, newTls, identity);
    }

    /** The same, of a client that is known. */
    public ClientLink with(Identity newIdentity) {
        return new ClientLink(deflate, snappy, tls, newIdentity);
    }

    /** The same, compressed. */
    public ClientLink compressed(boolean withDeflate, boolean withSnappy) {
        return new ClientLink(withDeflate, withSnappy, tls, identity);
    }
}
