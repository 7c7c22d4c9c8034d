package io.sluice.admin;

import io.sluice.admin.access.Doorkeeper;
import io.sluice.admin.access.Network;
import io.sluice.admin.access.Origins;
import io.sluice.admin.api.Paths;
import io.sluice.admin.web.ApiV2;
import io.sluice.admin.web.PageRoutes;
import io.sluice.daemon.Answer;
import io.sluice.daemon.ApiRouter;
import io.sluice.daemon.HttpError;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;

/**
 * What every request passes before it is routed.
 *
 * @param configurers who may use {@code /config}; null for everybody
 */
record Gate(
        Vertx vertx,
        Origins origins,
        Doorkeeper door,
        ApiRouter router,
        ApiV2 api,
        Paths paths,
        Network configurers) {
    void handle(HttpServerRequest request) {
        PageRoutes.SECURITY_HEADERS.forEach(request.response()::putHeader);
        try {
            origins.check(request);
            if (request.path().startsWith(paths.at("/config/"))) checkConfigurer(request);
        } catch (HttpError e) {
            refuse(request, e);
            return;
        }
        if (request.path().equals(paths.at("/ping"))) {
            router.handle(request);
            return;
        }
        request.pause();
        door.caller(request)
                .onSuccess(
                        caller -> {
                            request.resume();
                            pass(request);
                        })
                .onFailure(
                        e -> {
                            request.resume();
                            request.response()
                                    .putHeader("WWW-Authenticate", "Basic realm=\"nsqadmin\"");
                            refuse(request, e);
                        });
    }

    private void checkConfigurer(HttpServerRequest request) {
        String from = request.remoteAddress().hostAddress();
        if (configurers != null && !configurers.contains(from)) {
            throw new HttpError(403, "FORBIDDEN");
        }
        request.response().putHeader("Cache-Control", "no-store");
    }

    private void pass(HttpServerRequest request) {
        if (!request.path().equals(paths.at("/api/v2/live"))) {
            router.handle(request);
            return;
        }
        try {
            api.live(request);
        } catch (HttpError e) {
            refuse(request, e);
        }
    }

    private void refuse(HttpServerRequest request, Throwable why) {
        HttpError error =
                why instanceof HttpError known ? known : new HttpError(500, "INTERNAL_ERROR");
        ApiRouter.refuse(vertx, request, Answer.error(error));
    }
}
