package io.sluice.admin.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.admin.access.Network;
import io.sluice.admin.cluster.Collector;
import io.sluice.admin.cluster.Json;
import io.sluice.daemon.Answer;
import io.sluice.daemon.ApiRequest;
import io.sluice.daemon.ApiRouter;
import io.sluice.daemon.HostAndPort;
import io.sluice.daemon.HttpError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code /config}: some of the options, for those who ask from the allowed network. */
public final class ConfigRoutes {
    private static final int MAX_BODY = 1024 * 1024;
    private static final String LOOKUPS = "nsqlookupd_http_addresses";

    private final Collector collector;
    private final Network allowed;
    private final Map<String, Object> values;

    /**
     * The options.
     *
     * @param allowed null for everybody
     * @param values what can be read, by name; is changed
     */
    public ConfigRoutes(Collector collector, Network allowed, Map<String, Object> values) {
        this.collector = collector;
        this.allowed = allowed;
        this.values = values;
    }

    /** Adds them. */
    public void addTo(ApiRouter router, Paths paths) {
        String path = paths.at("/config/:option");
        router.get(path, this::read);
        router.put(path, this::write).body(MAX_BODY, "INVALID_VALUE");
    }

    private void check(ApiRequest request) {
        String from = request.http().remoteAddress().hostAddress();
        if (allowed != null && !allowed.contains(from)) throw new HttpError(403, "FORBIDDEN");
    }

    private Answer read(ApiRequest request) {
        check(request);
        Object value = values.get(request.path("option"));
        if (value == null) throw new HttpError(400, "INVALID_OPTION");
        return NsqReads.fresh(value);
    }

    private Answer write(ApiRequest request) {
        check(request);
        if (request.body().length() == 0) throw new HttpError(413, "INVALID_VALUE");
        if (!request.path("option").equals(LOOKUPS)) throw new HttpError(400, "INVALID_OPTION");
        List<HostAndPort> addresses = new ArrayList<>();
        try {
            for (JsonNode text : Json.read(request.body(), JsonNode[].class)) {
                addresses.add(HostAndPort.parse(text.asText()));
            }
        } catch (IllegalArgumentException e) {
            throw new HttpError(400, "INVALID_VALUE");
        }
        values.put(LOOKUPS, addresses.stream().map(HostAndPort::toString).toList());
        collector.lookups(addresses);
        return read(request);
    }
}
