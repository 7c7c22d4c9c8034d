package io.sluice.daemon;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.IntSupplier;
import picocli.CommandLine.Model.OptionSpec;

/** {@code /config/<option>}: tells and changes the options of a running daemon (spec/http.md). */
public final class ConfigRoutes {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PATH = "/config/:option";
    private static final String INVALID_OPTION = "INVALID_OPTION";
    private static final String INVALID_VALUE = "INVALID_VALUE";

    private final Vertx vertx;
    private final LiveOptions<?> options;

    /** To these options. */
    public ConfigRoutes(Vertx vertx, LiveOptions<?> options) {
        this.vertx = vertx;
        this.options = options;
    }

    /**
     * Adds the path.
     *
     * @param maxBytes of a value
     */
    public void addTo(ApiRouter router, IntSupplier maxBytes) {
        addTo(router, PATH, maxBytes);
    }

    /** As the other; {@code path} ends with {@code /:option}. */
    public void addTo(ApiRouter router, String path, IntSupplier maxBytes) {
        router.get(path, request -> shown(option(request)));
        router.put(path, this::change).body(maxBytes, INVALID_VALUE);
    }

    private OptionSpec option(ApiRequest request) {
        OptionSpec option = options.find(request.path("option"));
        if (option == null) throw new HttpError(400, INVALID_OPTION);
        return option;
    }

    private Answer shown(OptionSpec option) {
        Object value = options.now().shown(ConfigFile.key(option), option.getValue());
        if (value == null || value.equals("")) return Answer.empty();
        if (value instanceof Duration duration) return Answer.json(duration.toNanos());
        if (value instanceof LogLevel level) return Answer.json(level.number());
        if (value instanceof Collection<?> list) {
            return Answer.json(list.stream().map(ConfigRoutes::item).toList());
        }
        if (value instanceof Number || value instanceof Boolean) return Answer.json(value);
        return Answer.text(value.toString());
    }

    private static Object item(Object value) {
        // 1 and not 1.0, as Go writes it.
        if (value instanceof Double number && number % 1 == 0) return number.longValue();
        return value instanceof Number ? value : value.toString();
    }

    private Answer change(ApiRequest request) {
        String value = request.body().toString(StandardCharsets.UTF_8);
        if (value.isEmpty()) throw new HttpError(413, INVALID_VALUE);
        OptionSpec option = option(request);
        if (!LiveOptions.isChangeable(option)) throw new HttpError(400, INVALID_OPTION);
        List<String> values = option.isMultiValue() ? list(value) : List.of(value);
        // It may be waited for another change.
        Future<Answer> changed =
                vertx.executeBlocking(() -> change(option.longestName(), values, request), false);
        return Answer.later(changed);
    }

    private Answer change(String flag, List<String> values, ApiRequest request) {
        try {
            options.change(flag, values);
        } catch (IllegalArgumentException e) {
            throw new HttpError(400, INVALID_VALUE);
        }
        return shown(option(request));
    }

    private static List<String> list(String json) {
        try {
            JsonNode array = JSON.readTree(json);
            if (!array.isArray()) throw new HttpError(400, INVALID_VALUE);
            List<String> values = new ArrayList<>();
            for (JsonNode item : array) {
                if (!item.isTextual()) throw new HttpError(400, INVALID_VALUE);
                values.add(item.textValue());
            }
            return values;
        } catch (JsonProcessingException e) {
            throw new HttpError(400, INVALID_VALUE);
        }
    }
}
