package io.sluice.nsqd.auth;

import java.util.List;

/**
 * Where and how to ask.
 *
 * @param urls one or more
 * @param post true for POST with JSON, false for GET
 * @param rootCa PEM file of those who sign for servers with https; empty for the JDK's own list
 * @param connectTimeoutMs until a server has to accept
 * @param requestTimeoutMs until it has to have answered
 */
public record AuthSettings(
        List<String> urls,
        boolean post,
        String rootCa,
        int connectTimeoutMs,
        int requestTimeoutMs) {
    /** Where a server's address, as given in flags, is asked: an URL is taken as it is. */
    public static String url(String address) {
        return address.contains("://") ? address : "http://" + address + "/auth";
    }
}
