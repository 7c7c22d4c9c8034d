package io.sluice.daemon;

import io.vertx.core.http.HttpMethod;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A path such as {@code /config/:option} or {@code /static/*}, and what can be done with it by
 * method.
 */
final class ApiPath {
    private final String template;
    private final String[] segments;
    private final Map<String, ApiRoute> routes = new TreeMap<>();

    ApiPath(String template) {
        this.template = template;
        this.segments = template.split("/", -1);
    }

    void add(HttpMethod method, ApiRoute route) {
        routes.put(method.name(), route);
    }

    /** The route of a method; null when the path does not know it. */
    ApiRoute route(HttpMethod method) {
        return routes.get(method.name());
    }

    String allowed() {
        return Stream.concat(routes.keySet().stream(), Stream.of("OPTIONS"))
                .sorted()
                .collect(Collectors.joining(", "));
    }

    /**
     * The right way to write {@code path}, which may differ in letter case and by a slash at its
     * end; null when it is another path.
     */
    String canonical(String path) {
        if (template.endsWith("/*")) {
            return path.startsWith(template.substring(0, template.length() - 1)) ? path : null;
        }
        if (template.endsWith("/")) {
            String slashed = path.endsWith("/") ? path : path + "/";
            return slashed.equalsIgnoreCase(template) ? template : null;
        }
        boolean slash = path.length() > 1 && path.endsWith("/");
        String[] given = (slash ? path.substring(0, path.length() - 1) : path).split("/", -1);
        if (given.length != segments.length) return null;
        StringBuilder canonical = new StringBuilder();
        for (int i = 0; i < given.length; i++) {
            boolean free = segments[i].startsWith(":");
            if (free ? given[i].isEmpty() : !segments[i].equalsIgnoreCase(given[i])) return null;
            canonical.append(i == 0 ? "" : "/").append(free ? given[i] : segments[i]);
        }
        return canonical.toString();
    }
}
