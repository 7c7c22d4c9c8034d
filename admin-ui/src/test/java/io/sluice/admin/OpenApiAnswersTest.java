package io.sluice.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import io.sluice.daemon.HostAndPort;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code /api/v2} answers has the form that its document says, and no more than that. */
class OpenApiAnswersTest {
    private static final Daemons DAEMONS = new Daemons();

    /** It warns of what is no schema in the document, which is most of it. */
    private static final Logger READER = Logger.getLogger("com.networknt.schema");

    private static final String NAME = "urn:openapi";
    private static final String PLACE = "topic=t&channel=c";

    @TempDir static Path folder;

    private static HostAndPort admin;
    private static HostAndPort nsqd;
    private static JsonNode document;
    private static SchemaRegistry schemas;

    @BeforeAll
    static void start() {
        READER.setLevel(Level.SEVERE);
        nsqd = DAEMONS.nsqd(folder).http();
        admin = DAEMONS.admin("--nsqd-http-address=" + nsqd);
        document = Http.json(admin, "/api/v2/openapi.json");
        document.findParents("properties").forEach(OpenApiAnswersTest::close);
        schemas =
                SchemaRegistry.withDefaultDialect(
                        Dialects.getOpenApi31(),
                        builder -> builder.schemas(Map.of(NAME, document.toString())));
        Http.post(nsqd, "/topic/create?topic=t", "");
        Http.post(nsqd, "/channel/create?" + PLACE, "");
        Http.post(nsqd, "/pub?topic=t", "now");
        Http.post(nsqd, "/pub?topic=t&defer=3600000", "later");
        Http.await(admin, "/api/topics/t", topic -> topic.at("/depth").asLong() == 0);
    }

    /** A tree has what its page shows, of which the document names only what all have. */
    private static void close(JsonNode schema) {
        boolean isTree = schema.equals(document.at("/components/schemas/Tree"));
        if (!isTree) ((ObjectNode) schema).put("additionalProperties", false);
    }

    @AfterAll
    static void stop() {
        DAEMONS.stop();
    }

    private static JsonNode checked(String method, String path, String query, String body) {
        String uri = "/api/v2" + path + "?" + query;
        HttpResponse<String> answer = Http.request(method, admin, uri, body);
        String status = Integer.toString(answer.statusCode());
        String at = "/paths/" + path.replace("/", "~1") + "/" + method.toLowerCase() + "/responses";
        at += "/" + (document.at(at).has(status) ? status : status.charAt(0) + "XX");
        JsonNode shared = document.at(at + "/$ref");
        if (shared.isTextual()) at = shared.textValue().substring(1);
        at += "/content/application~1json/schema";
        JsonNode tree = Http.tree(answer.body());
        List<Error> errors = schemas.getSchema(SchemaLocation.of(NAME + "#" + at)).validate(tree);
        assertThat(errors).as(method + " " + uri + ": " + tree).isEmpty();
        return tree;
    }

    @Test
    void everyAnswerHasTheFormThatIsDocumented() {
        TreeSet<String> views = new TreeSet<>();
        for (JsonNode view : document.at("/paths/~1view/get/parameters/0/schema/enum")) {
            views.add(view.textValue());
            checked("GET", "/view", "view=" + view.textValue() + "&" + PLACE + "&node=" + nsqd, "");
        }
        assertThat(views).contains("channel", "activity");
        JsonNode messages = checked("GET", "/peek", PLACE, "");
        assertThat(messages.at("/messages")).hasSize(2);
        checked("GET", "/sparks", "", "");
        checked("GET", "/history", "range=5m&" + PLACE, "");
        checked("GET", "/history", "range=5m&topic=unknown", "");
        assertThat(checked("POST", "/publish", "topic=t", "m").at("/done").asInt()).isEqualTo(1);
        assertThat(act("requeue_channel", "").at("/results/0/messages").asLong()).isEqualTo(1);
        assertThat(act("move_channel", ",\"to\":\"u\"").at("/results/0/messages").asLong())
                .isEqualTo(3);
        assertThat(act("empty_channel", "").at("/done").asInt()).isEqualTo(1);
    }

    private static JsonNode act(String action, String more) {
        String body =
                "{\"action\":\"" + action + "\",\"topic\":\"t\",\"channel\":\"c\"" + more + "}";
        return checked("POST", "/actions", "", body);
    }

    @Test
    void everyRefusalHasTheFormThatIsDocumented() {
        checked("GET", "/view", "view=nope", "");
        checked("GET", "/history", "range=nope", "");
        checked("GET", "/peek", "topic=t", "");
        checked("GET", "/peek", PLACE + "&count=0", "");
        checked("POST", "/publish", "topic=t", "");
        checked("POST", "/actions", "", "{");
        act("nope", "");
        act("move_channel", ",\"to\":\"t\"");
        act("empty_channel", ",\"count\":1");
    }
}
