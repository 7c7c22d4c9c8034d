package io.sluice.client.tools;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** Asks NSQ's daemons over HTTP. */
final class HttpJson {
    private static final int MAX_ANSWER_BYTES = 64 * 1024 * 1024;

    private static final int MAX_REASON_BYTES = 200;

    private final int connectMs;
    private final int requestMs;

    HttpJson(Duration connectTimeout, Duration requestTimeout) {
        connectMs = Math.toIntExact(connectTimeout.toMillis());
        requestMs = Math.toIntExact(requestTimeout.toMillis());
    }

    /**
     * The object at {@code http://address/path}; IOException, naming the address, when there is
     * none.
     */
    Map<?, ?> get(String address, String path) throws IOException {
        try {
            return read(URI.create("http://" + address + path));
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException(address + ": " + Failure.words(e), e);
        }
    }

    private Map<?, ?> read(URI url) throws IOException {
        HttpURLConnection http = (HttpURLConnection) url.toURL().openConnection();
        http.setConnectTimeout(connectMs);
        http.setReadTimeout(requestMs);
        http.setRequestProperty("Accept", "application/vnd.nsq; version=1.0");
        int status = http.getResponseCode();
        if (status != HttpURLConnection.HTTP_OK) {
            throw new IOException("status " + status + why(http));
        }
        try (InputStream in = http.getInputStream()) {
            byte[] body = in.readNBytes(MAX_ANSWER_BYTES + 1);
            if (body.length > MAX_ANSWER_BYTES) {
                throw new IOException("the answer has more than " + MAX_ANSWER_BYTES + " bytes");
            }
            if (JsonText.read(body) instanceof Map<?, ?> answer) return unwrapped(answer);
            throw new IOException("the answer is no JSON object");
        }
    }

    /** What daemons say of a failure, as {@code {"message":"TOPIC_NOT_FOUND"}}. */
    private static String why(HttpURLConnection http) throws IOException {
        try (InputStream in = http.getErrorStream()) {
            if (in == null) return "";
            byte[] answer = in.readNBytes(MAX_REASON_BYTES);
            return " " + new String(answer, StandardCharsets.UTF_8).strip();
        }
    }

    /** Daemons before version 1.0 wrap their answer in "data". */
    private static Map<?, ?> unwrapped(Map<?, ?> answer) {
        return answer.containsKey("status_code") && answer.get("data") instanceof Map<?, ?> data
                ? data
                : answer;
    }
}
