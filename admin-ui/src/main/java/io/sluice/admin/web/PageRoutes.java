package io.sluice.admin.web;

import io.sluice.admin.access.Caller;
import io.sluice.admin.access.Doorkeeper;
import io.sluice.admin.api.Paths;
import io.sluice.daemon.Answer;
import io.sluice.daemon.ApiRequest;
import io.sluice.daemon.ApiRouter;
import io.sluice.daemon.HttpError;
import io.sluice.daemon.Version;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The page under all its addresses, and its files. */
public final class PageRoutes {
    /** A page of our own files and nothing else, in no one else's frame. */
    public static final Map<String, String> SECURITY_HEADERS =
            Map.of(
                    "Content-Security-Policy",
                    "default-src 'none'; script-src 'self'; style-src 'self';"
                            + " img-src 'self' data:; connect-src 'self'; base-uri 'none';"
                            + " form-action 'self'; frame-ancestors 'none'",
                    "X-Content-Type-Options",
                    "nosniff",
                    "Referrer-Policy",
                    "no-referrer",
                    "Cross-Origin-Opener-Policy",
                    "same-origin");

    private static final List<String> PAGES =
            List.of(
                    "/",
                    "/topics",
                    "/topics/:topic",
                    "/topics/:topic/:channel",
                    "/nodes",
                    "/nodes/:node",
                    "/counter",
                    "/lookup",
                    "/activity");

    private final Assets assets;
    private final Doorkeeper door;
    private final boolean messages;

    /**
     * The page.
     *
     * @param folder where its files are instead of in the jar; null to take the jar's
     * @param messages whether bodies may be shown
     */
    public PageRoutes(Path folder, Doorkeeper door, boolean messages) {
        this.assets = new Assets(folder);
        this.door = door;
        this.messages = messages;
    }

    /** Adds them. */
    public void addTo(ApiRouter router, Paths paths) {
        for (String page : PAGES) router.get(paths.at(page), request -> page(request, paths));
        router.get(paths.at("/static/:version/:file"), this::file).unlogged();
    }

    private Answer page(ApiRequest request, Paths paths) {
        return Answer.later(
                door.caller(request.http()).map(caller -> assets.page(values(caller, paths))));
    }

    private Map<String, String> values(Caller caller, Paths paths) {
        return Map.of(
                "base",
                paths.base(),
                "static",
                paths.base() + "/static/" + assets.version(),
                "role",
                caller.role().toString(),
                "user",
                caller.user(),
                "version",
                Version.FULL,
                "messages",
                messages ? "on" : "off");
    }

    private Answer file(ApiRequest request) {
        // A page of before an upgrade must not get half of the new one.
        if (!request.path("version").equals(assets.version())) {
            throw new HttpError(404, "NOT_FOUND");
        }
        return assets.file(request.path("file"));
    }
}
