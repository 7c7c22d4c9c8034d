package io.sluice.admin.web;

import io.sluice.admin.access.Caller;
import io.sluice.admin.access.Doorkeeper;
import io.sluice.admin.action.Action;
import io.sluice.admin.api.Paths;
import io.sluice.admin.cluster.Json;
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

    private static final List<Page> PAGES =
            List.of(
                    new Page("/", "overview", "overview"),
                    new Page("/topics", "topics", "topics"),
                    new Page("/topics/:topic", "topic", "topic"),
                    new Page("/topics/:topic/:channel", "channel", "channel"),
                    new Page("/nodes", "nodes", "nodes"),
                    new Page("/nodes/:node", "node", "node"),
                    new Page("/counter", "counter", "overview"),
                    new Page("/lookup", "lookup", "lookup"),
                    new Page("/activity", "activity", "activity"));

    private final Assets assets;
    private final Doorkeeper door;
    private final Live live;
    private final boolean messages;

    /** An address, the module that draws what is there, and the view that it draws. */
    private record Page(String path, String module, String view) {
        Look look(ApiRequest request) {
            return Look.at(
                    view, request.path("topic"), request.path("channel"), request.path("node"));
        }
    }

    /**
     * The page.
     *
     * @param folder where its files are instead of in the jar; null to take the jar's
     * @param live what the page is sent along with
     * @param messages whether bodies may be shown
     */
    PageRoutes(Path folder, Doorkeeper door, Live live, boolean messages) {
        this.assets = new Assets(folder);
        this.door = door;
        this.live = live;
        this.messages = messages;
    }

    /** Adds them. */
    public void addTo(ApiRouter router, Paths paths) {
        for (Page page : PAGES) {
            router.get(paths.at(page.path()), request -> answer(page, request, paths));
        }
        router.get(paths.at("/static/:version/:file"), this::file).unlogged();
    }

    private Answer answer(Page page, ApiRequest request, Paths paths) {
        // Sent along, so that the browser need not ask for it before it can draw anything.
        String tree = Json.write(live.tree(page.look(request))).toString();
        return Answer.later(
                door.caller(request.http())
                        .map(caller -> assets.page(values(page, caller, paths), tree)));
    }

    private Map<String, String> values(Page page, Caller caller, Paths paths) {
        return Map.of(
                "page",
                page.module(),
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
                messages ? "on" : "off",
                "max-count",
                Integer.toString(Action.MAX_COUNT));
    }

    private Answer file(ApiRequest request) {
        // A page of before an upgrade must not get half of the new one.
        if (!request.path("version").equals(assets.version())) {
            throw new HttpError(404, "NOT_FOUND");
        }
        return assets.file(request.path("file"), request.http().getHeader("Accept-Encoding"));
    }
}
