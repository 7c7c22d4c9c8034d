package io.sluice.examples.logs;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sluice.client.ReceivedMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Elasticsearch's bulk API. A document's id is that of its message, so that a message that comes
 * again does not make a second document.
 */
final class BulkIndex {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);
    private static final int TOO_MANY_REQUESTS = 429;
    private static final JsonFactory JSON = new JsonFactory();

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECT_TIMEOUT)
                    .build();
    private final URI url;
    private final String index;

    BulkIndex(URI url, String index) {
        this.url = url;
        this.index = index;
    }

    /** What is to become of a line. */
    enum Verdict {
        TAKEN,
        LATER,
        NEVER
    }

    /** What the index says of a line, and why. */
    record Outcome(Verdict verdict, String why) {
        static Outcome of(int status, String why) {
            if (status >= 200 && status < 300) return new Outcome(Verdict.TAKEN, why);
            boolean mayPass = status == TOO_MANY_REQUESTS || status >= 500;
            return new Outcome(mayPass ? Verdict.LATER : Verdict.NEVER, status + " " + why);
        }
    }

    /** One outcome for each; IOException when there is none, and all are to be tried again. */
    List<Outcome> put(List<ReceivedMessage> batch) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(url)
                        .timeout(ANSWER_TIMEOUT)
                        .header("Content-Type", "application/x-ndjson")
                        .POST(BodyPublishers.ofByteArray(body(batch)))
                        .build();
        HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) throw new IOException("status " + answer.statusCode());
        List<Outcome> outcomes = outcomes(answer.body());
        if (outcomes.size() == batch.size()) return outcomes;
        throw new IOException(outcomes.size() + " answers to " + batch.size() + " lines");
    }

    /** Two lines of JSON for each. */
    private byte[] body(List<ReceivedMessage> batch) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (ReceivedMessage message : batch) {
            try (JsonGenerator json = JSON.createGenerator(out)) {
                json.writeStartObject();
                json.writeObjectFieldStart("index");
                json.writeStringField("_index", index);
                json.writeStringField("_id", message.id());
            }
            out.write('\n');
            try (JsonGenerator json = JSON.createGenerator(out)) {
                json.writeStartObject();
                json.writeStringField("@timestamp", message.timestamp().toString());
                json.writeStringField("message", message.body().utf8());
            }
            out.write('\n');
        }
        return out.toByteArray();
    }

    /**
     * As {@code {"items": [{"index": {"status": 201}}, {"index": {"status": 400, "error": …}}]}}.
     */
    private static List<Outcome> outcomes(byte[] answer) throws IOException {
        List<Outcome> outcomes = new ArrayList<>();
        try (JsonParser json = JSON.createParser(answer)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean isItems = json.currentName().equals("items");
                json.nextToken();
                if (isItems) {
                    while (json.nextToken() == JsonToken.START_OBJECT) outcomes.add(item(json));
                } else {
                    json.skipChildren();
                }
            }
        }
        return outcomes;
    }

    /** The one action of an item, which closes both objects. */
    private static Outcome item(JsonParser json) throws IOException {
        int status = 0;
        String why = "";
        json.nextToken();
        json.nextToken();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            if (name.equals("status")) status = json.getIntValue();
            else if (name.equals("error")) why = reason(json);
            else json.skipChildren();
        }
        json.nextToken();
        if (status == 0) throw new IOException("an item without a status");
        return Outcome.of(status, why);
    }

    private static String reason(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) return json.getText();
        String reason = "";
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean isReason = json.currentName().equals("reason");
            json.nextToken();
            if (isReason) reason = json.getText();
            else json.skipChildren();
        }
        return reason;
    }
}
