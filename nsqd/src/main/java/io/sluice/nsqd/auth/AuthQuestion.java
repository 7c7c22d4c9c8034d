package io.sluice.nsqd.auth;

/**
 * What an auth server is asked.
 *
 * @param remoteIp the client's address
 * @param tls whether its connection is encrypted
 * @param commonName of its certificate; empty when it has shown none
 * @param secret what it sent
 */
public record AuthQuestion(String remoteIp, boolean tls, String commonName, String secret) {}
