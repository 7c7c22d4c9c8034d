package io.sluice.daemon;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** A request whose path is known and whose body, if its route takes one, has come. */
public final class ApiRequest {
    private final RoutingContext context;
    private final Buffer body;
    private Map<String, String> query;

    ApiRequest(RoutingContext context, Buffer body) {
        this.context = context;
        this.body = body;
    }

    /**
     * A parameter of the query; null when it is missing, the first one when it comes twice.
     *
     * @throws HttpError INVALID_REQUEST when the query is malformed anywhere
     */
    public String query(String name) {
        if (query == null) query = parse(http().query());
        return query.get(name);
    }

    /**
     * A parameter of the query that must be there, even if empty.
     *
     * @throws HttpError INVALID_REQUEST, or {@code missing} with status 400
     */
    public String query(String name, String missing) {
        String value = query(name);
        if (value == null) throw new HttpError(400, missing);
        return value;
    }

    /** The part of the path that stands for {@code :name} in the route. */
    public String path(String name) {
        return context.pathParam(name);
    }

    /** The whole body; empty when the route takes none. */
    public Buffer body() {
        return body;
    }

    /** The request as Vert.x has it, for headers and addresses. */
    public HttpServerRequest http() {
        return context.request();
    }

    private static Map<String, String> parse(String text) {
        Map<String, String> parameters = new HashMap<>();
        if (text == null) return parameters;
        for (String pair : text.split("&")) {
            if (pair.isEmpty()) continue;
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            parameters.putIfAbsent(name, equals < 0 ? "" : decode(pair.substring(equals + 1)));
        }
        return parameters;
    }

    private static String decode(String text) {
        // Go refuses a semicolon that is not escaped, since others take it for an ampersand.
        if (text.indexOf(';') >= 0) throw new HttpError(400, "INVALID_REQUEST");
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new HttpError(400, "INVALID_REQUEST");
        }
    }
}
