package io.sluice.examples.logs;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * As much of Elasticsearch as bulk indexing sees: it takes documents, refuses some of a request for
 * ever (400) or for now (429), is at times too busy for a whole request, and dies. What it has said
 * yes to it keeps, also when it is started again.
 */
final class FakeElasticsearch implements AutoCloseable {
    /** What becomes of a document, by its message. */
    enum Fate {
        TAKEN(200),
        BUSY(429),
        REFUSED(400);

        private final int status;

        Fate(int status) {
            this.status = status;
        }
    }

    private static final JsonFactory JSON = new JsonFactory();

    private final Map<String, String> messagesById = new ConcurrentHashMap<>();
    private final Function<String, Fate> fate;
    private final Random random;
    private HttpServer server;
    private int port;

    /** Requests of which one in {@code busyOneIn} is answered with 429; 0 for none. */
    private final int busyOneIn;

    FakeElasticsearch(Function<String, Fate> fate, int busyOneIn, Random random) {
        this.fate = fate;
        this.busyOneIn = busyOneIn;
        this.random = random;
    }

    /** On the port it had before, if it had one. */
    FakeElasticsearch start() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
        port = server.getAddress().getPort();
        server.createContext("/_bulk", this::bulk);
        server.start();
        return this;
    }

    /** In the middle of whatever it does. */
    void die() {
        server.stop(0);
    }

    String url() {
        return "http://127.0.0.1:" + port + "/_bulk";
    }

    /** The messages of all documents. */
    Map<String, String> messagesById() {
        return messagesById;
    }

    private void bulk(HttpExchange exchange) throws IOException {
        byte[] request = exchange.getRequestBody().readAllBytes();
        boolean isNdjson = request.length > 0 && request[request.length - 1] == '\n';
        if (!isNdjson || !"POST".equals(exchange.getRequestMethod())) {
            answer(exchange, 400, "{\"error\":\"must end with a newline\"}".getBytes());
        } else if (busyOneIn > 0 && random.nextInt(busyOneIn) == 0) {
            answer(exchange, 429, "{\"error\":\"es_rejected_execution_exception\"}".getBytes());
        } else {
            answer(exchange, 200, items(new String(request, StandardCharsets.UTF_8)));
        }
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private byte[] items(String request) throws IOException {
        String[] lines = request.split("\n");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeNumberField("took", 1);
            json.writeBooleanField("errors", true);
            json.writeArrayFieldStart("items");
            for (int i = 0; i < lines.length; i += 2) item(json, lines[i], lines[i + 1]);
            json.writeEndArray();
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    private void item(JsonGenerator json, String action, String source) throws IOException {
        String id = strings(action).get("_id");
        String message = strings(source).get("message");
        Fate fateOfIt = fate.apply(message);
        boolean isNew = fateOfIt == Fate.TAKEN && messagesById.put(id, message) == null;
        json.writeStartObject();
        json.writeObjectFieldStart("index");
        json.writeStringField("_index", strings(action).get("_index"));
        json.writeStringField("_id", id);
        json.writeNumberField("status", isNew ? 201 : fateOfIt.status);
        if (fateOfIt != Fate.TAKEN) {
            json.writeObjectFieldStart("error");
            json.writeStringField("type", "some_exception");
            json.writeStringField("reason", "no: " + message);
            json.writeObjectFieldStart("caused_by");
            json.writeStringField("type", "another_exception");
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    /** All texts of an object and of the objects in it, by name. */
    private static Map<String, String> strings(String object) throws IOException {
        Map<String, String> strings = new HashMap<>();
        try (JsonParser json = JSON.createParser(object)) {
            for (JsonToken at = json.nextToken(); at != null; at = json.nextToken()) {
                if (at == JsonToken.VALUE_STRING) strings.put(json.currentName(), json.getText());
            }
        }
        return strings;
    }

    @Override
    public void close() {
        die();
    }
}
