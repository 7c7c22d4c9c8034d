package io.sluice.nsqd;

import io.sluice.daemon.ConfigKey;
import io.sluice.daemon.StartException;
import io.sluice.nsqd.auth.AuthSettings;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;

/** Flags of AUTH. */
final class AuthOptions {
    @ConfigKey("auth_http_addresses")
    @Option(
            names = "--auth-http-address",
            description =
                    "<addr>:<port> or URL of an auth server, which decides who may publish and"
                            + " subscribe (may be given multiple times)")
    List<String> authHttpAddresses = new ArrayList<>();

    @Option(
            names = "--auth-http-request-method",
            defaultValue = "get",
            description = "how auth servers are asked: get or post")
    String authHttpRequestMethod;

    boolean isOn() {
        return !authHttpAddresses.isEmpty();
    }

    AuthSettings settings(String rootCaFile, int connectTimeoutMs, int requestTimeoutMs) {
        return new AuthSettings(
                authHttpAddresses.stream().map(AuthSettings::url).toList(),
                isPost(),
                rootCaFile,
                connectTimeoutMs,
                requestTimeoutMs);
    }

    private boolean isPost() {
        return authHttpRequestMethod.toLowerCase(Locale.ROOT).equals("post");
    }

    void validate() {
        if (!isPost() && !authHttpRequestMethod.toLowerCase(Locale.ROOT).equals("get")) {
            throw StartException.badFlag(
                    "--auth-http-request-method",
                    "must be get or post, not " + authHttpRequestMethod);
        }
        for (String address : authHttpAddresses) {
            if (isHttp(AuthSettings.url(address))) continue;
            throw StartException.badFlag(
                    "--auth-http-address",
                    "must be host:port or an URL with http or https, not " + address);
        }
    }

    private static boolean isHttp(String url) {
        try {
            URI uri = URI.create(url);
            return uri.getHost() != null && uri.getScheme().matches("https?");
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
