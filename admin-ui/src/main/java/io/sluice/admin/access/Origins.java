package io.sluice.admin.access;

import io.sluice.daemon.HttpError;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Refuses what another page has a browser send: requests under a name that is not ours, as after
 * DNS rebinding, and changes that come from another site. Programs, which send none of a browser's
 * headers, are not concerned.
 */
public final class Origins {
    /** What our page adds to its changes; no other site can without asking first. */
    public static final String OWN_HEADER = "X-Sluice-Admin";

    private final Set<String> names = new HashSet<>(List.of("localhost"));

    /** Names beside {@code localhost} and all numeric addresses. */
    public Origins(List<String> allowedHosts) {
        for (String name : allowedHosts) names.add(name.toLowerCase(Locale.ROOT));
    }

    /** Throws HttpError with what is wrong. */
    public void check(HttpServerRequest request) {
        String host = request.getHeader("Host");
        if (host != null && !isAllowed(host)) {
            throw new HttpError(
                    421, "HOST_NOT_ALLOWED: start nsqadmin with --allowed-host=" + name(host));
        }
        HttpMethod method = request.method();
        if (method == HttpMethod.GET || method == HttpMethod.HEAD) return;
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !site.equals("none")) throw crossSite();
        String origin = request.getHeader("Origin");
        if (origin != null && !origin.replaceFirst("^https?://", "").equals(host)) {
            throw crossSite();
        }
        boolean browser = site != null || origin != null;
        if (browser && request.getHeader(OWN_HEADER) == null) throw crossSite();
    }

    private static HttpError crossSite() {
        return new HttpError(403, "CROSS_SITE_REQUEST");
    }

    private boolean isAllowed(String host) {
        String name = name(host);
        // A numeric address cannot be rebound.
        return names.contains(name) || name.matches("[0-9.]+|\\[[0-9a-f:.%]+\\]");
    }

    private static String name(String host) {
        return host.toLowerCase(Locale.ROOT).replaceFirst(":\\d+$", "");
    }
}
