package io.sluice.admin.access;

import io.sluice.daemon.StartException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * The users of a file, each with a role and the hash of a secret. A line is {@code name role hash};
 * a hash is {@code sha256:HEX} of a random token, or {@code pbkdf2:ITERATIONS:SALT:HEX} of a
 * password, with HMAC-SHA-256 and the salt in hexadecimal digits.
 */
public final class Users {
    private static final int MAX_ITERATIONS = 10_000_000;
    private static final HexFormat HEX = HexFormat.of();

    private final Map<String, User> users = new LinkedHashMap<>();

    private record User(String name, Role role, String hash) {}

    /** A user who has shown a secret. */
    public record Known(String name, Role role) {}

    /** Throws StartException naming file, line and what is wrong. */
    public static Users read(Path file) {
        Users users = new Users();
        try {
            int number = 0;
            for (String line : Files.readAllLines(file)) {
                number++;
                if (line.isBlank() || line.startsWith("#")) continue;
                users.add(line.strip(), file + " line " + number);
            }
        } catch (IOException e) {
            throw StartException.badFlag("--users-file", file + " cannot be read: " + e);
        }
        return users;
    }

    private void add(String line, String where) {
        String[] words = line.split("\\s+");
        if (words.length != 3) throw bad(where, "is not 'name role hash'");
        Role role = null;
        for (Role one : Role.values()) if (one.toString().equals(words[1])) role = one;
        if (role == null) throw bad(where, "has a role other than viewer, operator or admin");
        if (!words[2].matches("sha256:[0-9a-f]{64}|pbkdf2:[0-9]{1,8}:[0-9a-f]+:[0-9a-f]{64}")) {
            throw bad(where, "has a hash other than sha256:HEX or pbkdf2:ITERATIONS:SALT:HEX");
        }
        if (users.put(words[0], new User(words[0], role, words[2])) != null) {
            throw bad(where, "names " + words[0] + " again");
        }
    }

    private static StartException bad(String where, String why) {
        return StartException.badFlag("--users-file", where + " " + why);
    }

    /**
     * The user of an Authorization header; null when there is none or the secret is wrong. Slow on
     * purpose when it is a password: not for an event loop.
     */
    public Known check(String authorization) {
        String[] words = authorization.split(" ", 2);
        if (words.length != 2) return null;
        if ("Bearer".equalsIgnoreCase(words[0])) return byToken(words[1].strip());
        if (!"Basic".equalsIgnoreCase(words[0])) return null;
        try {
            String both =
                    new String(
                            Base64.getDecoder().decode(words[1].strip()), StandardCharsets.UTF_8);
            int colon = both.indexOf(':');
            User user = colon < 0 ? null : users.get(both.substring(0, colon));
            if (user == null || !matches(user.hash, both.substring(colon + 1))) return null;
            return new Known(user.name, user.role);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private Known byToken(String token) {
        for (User user : users.values()) {
            if (user.hash.startsWith("sha256:") && matches(user.hash, token)) {
                return new Known(user.name, user.role);
            }
        }
        return null;
    }

    private static boolean matches(String hash, String secret) {
        String[] parts = hash.split(":");
        byte[] wanted = HEX.parseHex(parts[parts.length - 1]);
        try {
            byte[] found =
                    parts[0].equals("sha256")
                            ? MessageDigest.getInstance("SHA-256")
                                    .digest(secret.getBytes(StandardCharsets.UTF_8))
                            : stretched(secret, HEX.parseHex(parts[2]), parts[1]);
            return MessageDigest.isEqual(wanted, found);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] stretched(String secret, byte[] salt, String iterations)
            throws GeneralSecurityException {
        int rounds = Math.max(1, Math.min(MAX_ITERATIONS, Integer.parseInt(iterations)));
        return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                .generateSecret(new PBEKeySpec(secret.toCharArray(), salt, rounds, 256))
                .getEncoded();
    }
}
