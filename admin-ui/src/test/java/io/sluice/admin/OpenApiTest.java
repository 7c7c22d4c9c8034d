package io.sluice.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.admin.action.Action;
import io.sluice.daemon.HostAndPort;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The document of {@code /api/v2} says what is there, and no more. */
class OpenApiTest {
    private static final Daemons DAEMONS = new Daemons();

    private static HostAndPort admin;
    private static JsonNode document;

    @BeforeAll
    static void start() {
        admin = DAEMONS.admin("--nsqd-http-address=127.0.0.1:1");
        document = Http.json(admin, "/api/v2/openapi.json");
    }

    @AfterAll
    static void stop() {
        DAEMONS.stop();
    }

    @Test
    void itHasTheCallsThatTheSpecificationHas() throws IOException {
        Path root = Path.of(System.getProperty("sluice.root", ".."));
        String text = Files.readString(root.resolve("protocol-spec/spec/admin.md"));
        Matcher row = Pattern.compile("(?m)^\\| `(GET|POST) /api/v2(/[a-z.]+)").matcher(text);
        TreeSet<String> specified = new TreeSet<>();
        while (row.find()) specified.add(row.group(1) + " " + row.group(2));
        TreeSet<String> documented = new TreeSet<>();
        for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
            path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                            method -> documented.add(method.toUpperCase() + " " + path.getKey()));
        }
        assertThat(documented).isEqualTo(specified);
    }

    @Test
    void everyPathTakesTheMethodsThatItNamesAndNoOthers() {
        for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
            if (path.getKey().equals("/live")) continue;
            TreeSet<String> methods = new TreeSet<>(List.of("OPTIONS"));
            path.getValue().fieldNames().forEachRemaining(name -> methods.add(name.toUpperCase()));
            String allowed =
                    Http.request("OPTIONS", admin, "/api/v2" + path.getKey(), "")
                            .headers()
                            .firstValue("allow")
                            .orElse("");
            assertThat(new TreeSet<>(List.of(allowed.split(", "))))
                    .as(path.getKey())
                    .isEqualTo(methods);
        }
    }

    @Test
    void whatMustBeGivenIsAskedForByName() {
        for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
            for (Map.Entry<String, JsonNode> call : path.getValue().properties()) {
                List<String> needed = new ArrayList<>();
                for (JsonNode parameter : call.getValue().path("parameters")) {
                    if (parameter.path("required").asBoolean()) {
                        needed.add(parameter.get("name").textValue().toUpperCase());
                    }
                }
                String method = call.getKey().toUpperCase();
                if (needed.isEmpty() || path.getKey().equals("/live")) continue;
                HttpResponse<String> answer =
                        Http.request(method, admin, "/api/v2" + path.getKey(), "");
                assertThat(answer.statusCode()).as(path.getKey()).isEqualTo(400);
                assertThat(Http.tree(answer.body()).at("/message").textValue())
                        .as(path.getKey())
                        .contains(needed.get(0));
            }
        }
    }

    @Test
    void everyViewAndEveryActionThatItNamesIsThere() {
        for (JsonNode view : document.at("/paths/~1view/get/parameters/0/schema/enum")) {
            assertThat(Http.get(admin, "/api/v2/view?view=" + view.textValue()).statusCode())
                    .isEqualTo(200);
        }
        for (JsonNode range : document.at("/paths/~1history/get/parameters/0/schema/enum")) {
            Http.json(admin, "/api/v2/history?range=" + range.textValue());
        }
        JsonNode count = document.at("/components/schemas/Action/properties/count");
        assertThat(count.at("/maximum").asInt()).isEqualTo(Action.MAX_COUNT);
        for (JsonNode action : document.at("/components/schemas/Action/properties/action/enum")) {
            String to = action.textValue().equals("move_channel") ? ",\"to\":\"u\"" : "";
            String body =
                    ("{\"action\":\"%s\",\"topic\":\"t\",\"channel\":\"c\","
                                    + "\"node\":\"127.0.0.1:1\"%s}")
                            .formatted(action.textValue(), to);
            HttpResponse<String> answer = Http.request("POST", admin, "/api/v2/actions", body);
            assertThat(answer.statusCode()).as(body).isEqualTo(200);
            assertThat(Http.tree(answer.body()).has("results")).isTrue();
        }
        assertThat(document.at("/paths/~1view/get/parameters/0/schema/enum")).hasSize(8);
        assertThat(document.at("/components/schemas/Action/properties/action/enum")).hasSize(15);
    }
}
