package io.sluice.admin.access;

import io.sluice.daemon.HttpError;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;

/** Tells who sends a request, and with which role. Belongs to one event loop. */
public final class Doorkeeper {
    /** Credentials that have been checked already, so that each is stretched once. */
    private static final int MAX_REMEMBERED = 1000;

    private final Vertx vertx;
    private final Users users;
    private final Identity identity;
    private final Map<String, Users.Known> remembered = new LinkedHashMap<>();

    /**
     * A name that a proxy vouches for.
     *
     * @param header holds the name; believed only from {@code proxies}
     * @param admins with {@code operators} empty too, everybody is an admin
     */
    public record Identity(
            String header, List<Network> proxies, Set<String> admins, Set<String> operators) {
        boolean isOpen() {
            return admins.isEmpty() && operators.isEmpty();
        }
    }

    /** {@code users} is null when nobody has to show a secret. */
    public Doorkeeper(Vertx vertx, Users users, Identity identity) {
        this.vertx = vertx;
        this.users = users;
        this.identity = identity;
    }

    /** Fails with HttpError 401 when a secret is missing or wrong. */
    public Future<Caller> caller(HttpServerRequest request) {
        String from = String.valueOf(request.remoteAddress());
        String host = request.remoteAddress().hostAddress();
        String agent = request.getHeader("User-Agent");
        String userAgent = agent == null ? "" : agent;
        if (users == null) {
            String user = vouchedFor(request, host);
            return Future.succeededFuture(new Caller(user, role(user), from, userAgent));
        }
        String authorization = request.getHeader("Authorization");
        if (authorization == null) return Future.failedFuture(unauthorized());
        return known(authorization)
                .compose(
                        known ->
                                known == null
                                        ? Future.failedFuture(unauthorized())
                                        : Future.succeededFuture(
                                                new Caller(
                                                        known.name(),
                                                        known.role(),
                                                        from,
                                                        userAgent)));
    }

    private static HttpError unauthorized() {
        return new HttpError(401, "UNAUTHORIZED");
    }

    private Future<Users.Known> known(String authorization) {
        Users.Known before = remembered.get(authorization);
        if (before != null) return Future.succeededFuture(before);
        Callable<Users.Known> check = () -> users.check(authorization);
        return vertx.executeBlocking(check, false)
                .onSuccess(known -> remember(authorization, known));
    }

    private void remember(String authorization, Users.Known known) {
        if (known == null) return;
        if (remembered.size() >= MAX_REMEMBERED) {
            remembered.remove(remembered.keySet().iterator().next());
        }
        remembered.put(authorization, known);
    }

    private String vouchedFor(HttpServerRequest request, String host) {
        String user = request.getHeader(identity.header());
        if (user == null || user.isEmpty()) return "";
        boolean trusted = identity.proxies().stream().anyMatch(proxy -> proxy.contains(host));
        return trusted ? user : "";
    }

    private Role role(String user) {
        if (identity.isOpen() || identity.admins().contains(user)) return Role.ADMIN;
        return identity.operators().contains(user) ? Role.OPERATOR : Role.VIEWER;
    }

    /** True when anybody who gets through may change anything. */
    public boolean isOpen() {
        return users == null && identity.isOpen();
    }
}
