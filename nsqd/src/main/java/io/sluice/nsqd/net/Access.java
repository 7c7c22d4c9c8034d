package io.sluice.nsqd.net;

import io.sluice.nsqd.auth.AuthServers;

/**
 * What stands between a client and the topics.
 *
 * @param tls null when the daemon has no certificate
 * @param tlsRequired true when clients may do nothing before they have changed to TLS
 * @param authServers null when everybody may do everything
 */
public record Access(Tls tls, boolean tlsRequired, AuthServers authServers) {
    /** Nothing does. */
    public static final Access OPEN = new Access(null, false, null);
}
