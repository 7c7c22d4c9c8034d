package io.sluice.admin.access;

/**
 * Who sends a request.
 *
 * @param user empty when nobody said
 * @param from address and port
 */
public record Caller(String user, Role role, String from, String userAgent) {}
