package io.sluice.client;

import io.sluice.protocol.TopicName;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Asks a lookup node which daemons there are, or have a topic. */
final class LookupNode {
    private static final int MAX_ANSWER_BYTES = 16 * 1024 * 1024;

    private final URI url;
    private final int timeoutMs;
    private final String secret;

    /**
     * A node that is asked at this URL.
     *
     * @param secret sent along as a bearer token; empty for none
     */
    LookupNode(URI url, Duration timeout, String secret) {
        this.url = url;
        timeoutMs = Math.toIntExact(timeout.toMillis());
        this.secret = secret;
    }

    /** The nodes that the options name. */
    static List<LookupNode> of(LookupOptions lookup, ConnectionOptions connection) {
        String secret = lookup.authorization() ? connection.authSecret() : "";
        return lookup.nodes().stream()
                .map(url -> new LookupNode(url, lookup.timeout(), secret))
                .toList();
    }

    /**
     * The URL for an address as users write it; IllegalArgumentException when it is none.
     *
     * @param defaultPath the path unless the address has one
     */
    static URI url(String address, String defaultPath) {
        URI given = URI.create(address.contains("://") ? address : "http://" + address);
        if (given.getHost() == null || given.getPort() < 0 && !address.contains("://")) {
            throw new IllegalArgumentException("not host:port or a URL: " + address);
        }
        String path = given.getRawPath().length() > 1 ? given.getRawPath() : defaultPath;
        String query = given.getRawQuery() == null ? "" : "?" + given.getRawQuery();
        return URI.create(given.getScheme() + "://" + given.getRawAuthority() + path + query);
    }

    /** The daemons that this node knows to have the topic; none when it does not know the topic. */
    List<NsqdAddress> producers(TopicName topic) throws IOException {
        // Of all characters in names, only # means something in a URL.
        String name = topic.value().replace("#", "%23");
        String separator = url.getRawQuery() == null ? "?" : "&";
        return ask(URI.create(url + separator + "topic=" + name));
    }

    /** All daemons that this node knows, when its URL is that of {@code /nodes}. */
    List<NsqdAddress> nodes() throws IOException {
        return ask(url);
    }

    private List<NsqdAddress> ask(URI asked) throws IOException {
        HttpURLConnection http = (HttpURLConnection) asked.toURL().openConnection();
        http.setConnectTimeout(timeoutMs);
        http.setReadTimeout(timeoutMs);
        http.setRequestProperty("Accept", "application/vnd.nsq; version=1.0");
        if (!secret.isEmpty()) http.setRequestProperty("Authorization", "Bearer " + secret);
        int status = http.getResponseCode();
        if (status == HttpURLConnection.HTTP_NOT_FOUND) return List.of();
        if (status != HttpURLConnection.HTTP_OK) {
            http.disconnect();
            throw new IOException("status " + status);
        }
        String format = http.getHeaderField("X-NSQ-Content-Type");
        return producers(Json.read(body(http)), "nsq; version=1.0".equals(format));
    }

    private static byte[] body(HttpURLConnection http) throws IOException {
        try (InputStream in = http.getInputStream()) {
            byte[] bytes = in.readNBytes(MAX_ANSWER_BYTES + 1);
            if (bytes.length <= MAX_ANSWER_BYTES) return bytes;
            http.disconnect();
            throw new IOException("the answer has more than " + MAX_ANSWER_BYTES + " bytes");
        }
    }

    /** Nodes before version 1.0, which do not say their version, wrap the answer in "data". */
    private static List<NsqdAddress> producers(Object json, boolean isVersion1) throws IOException {
        Object answer = json;
        if (!isVersion1 && json instanceof Map<?, ?> map && map.containsKey("data")) {
            answer = map.get("data");
        }
        if (!(answer instanceof Map<?, ?> map) || !(map.get("producers") instanceof List<?> all)) {
            throw new IOException("the answer has no list of producers");
        }
        List<NsqdAddress> producers = new ArrayList<>();
        for (Object one : all) addTo(producers, one);
        return producers;
    }

    private static void addTo(List<NsqdAddress> producers, Object json) {
        if (json instanceof Map<?, ?> map
                && map.get("broadcast_address") instanceof String host
                && !host.isEmpty()
                && map.get("tcp_port") instanceof Long port
                && port > 0
                && port <= 65_535) {
            producers.add(new NsqdAddress(host, port.intValue()));
        } else {
            Log.LOGGER.log(
                    Level.WARNING, "a lookup node names a daemon without an address: " + json);
        }
    }

    @Override
    public String toString() {
        return url.toString();
    }
}
