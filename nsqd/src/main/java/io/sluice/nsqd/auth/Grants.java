package io.sluice.nsqd.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What an auth server lets a client do. Expressions are RE2's, as everywhere in NSQ: they are found
 * anywhere in a name, and no expression can make a match slow.
 */
public final class Grants {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SUBSCRIBE = "subscribe";
    private static final String PUBLISH = "publish";

    /** Seconds; what is longer is not asked for again while this daemon lives. */
    private static final long MAX_TTL = 100L * 365 * 24 * 60 * 60;

    private final String identity;
    private final String identityUrl;
    private final long ttlSeconds;
    private final List<Grant> all;

    private Grants(String identity, String identityUrl, long ttlSeconds, List<Grant> all) {
        this.identity = identity;
        this.identityUrl = identityUrl;
        this.ttlSeconds = ttlSeconds;
        this.all = all;
    }

    private record Grant(
            Pattern topic, List<Pattern> channels, boolean subscribe, boolean publish) {
        boolean covers(String topicName, String channelName) {
            return topic.matcher(topicName).find()
                    && channels.stream().anyMatch(channel -> channel.matcher(channelName).find());
        }
    }

    /**
     * Reads an auth server's answer.
     *
     * @throws IllegalArgumentException when it is not what it should be: nothing is granted then
     */
    public static Grants parse(byte[] json) {
        try {
            JsonNode root = JSON.readTree(json);
            if (!root.isObject()) throw new IllegalArgumentException("not a JSON object");
            JsonNode ttl = root.path("ttl");
            if (!ttl.isIntegralNumber() || ttl.asLong() <= 0) {
                throw new IllegalArgumentException("ttl " + ttl + " is no number above 0");
            }
            List<Grant> all = new ArrayList<>();
            for (JsonNode item : list(root, "authorizations")) all.add(grant(item));
            return new Grants(
                    text(root.path("identity")),
                    text(root.path("identity_url")),
                    Math.min(ttl.asLong(), MAX_TTL),
                    all);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("bad expression: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("not JSON", e);
        }
    }

    private static Grant grant(JsonNode item) {
        if (!item.isObject()) throw new IllegalArgumentException("no authorization: " + item);
        boolean subscribe = false;
        boolean publish = false;
        for (JsonNode permission : list(item, "permissions")) {
            switch (text(permission)) {
                case SUBSCRIBE -> subscribe = true;
                case PUBLISH -> publish = true;
                default -> throw new IllegalArgumentException("unknown permission " + permission);
            }
        }
        List<Pattern> channels = new ArrayList<>();
        for (JsonNode channel : list(item, "channels")) channels.add(pattern(channel));
        return new Grant(pattern(item.path("topic")), channels, subscribe, publish);
    }

    private static JsonNode list(JsonNode of, String name) {
        JsonNode list = of.path(name);
        if (list.isArray() || list.isNull() || list.isMissingNode()) return list;
        throw new IllegalArgumentException(name + " is no list: " + list);
    }

    private static Pattern pattern(JsonNode expression) {
        return Pattern.compile(text(expression));
    }

    private static String text(JsonNode value) {
        if (value.isNull() || value.isMissingNode()) return "";
        if (value.isTextual()) return value.textValue();
        throw new IllegalArgumentException("no text: " + value);
    }

    /** Whom the server takes the client for; empty when it does not say. */
    public String identity() {
        return identity;
    }

    /** Where to read more about whom; empty when the server does not say. */
    public String identityUrl() {
        return identityUrl;
    }

    /** How long this holds. */
    public long ttlSeconds() {
        return ttlSeconds;
    }

    /** Count of authorizations; 0 when nothing at all is granted. */
    public int count() {
        return all.size();
    }

    /** Whether the client may become a consumer of the channel. */
    public boolean maySubscribe(String topic, String channel) {
        return all.stream().anyMatch(grant -> grant.subscribe() && grant.covers(topic, channel));
    }

    /** Whether the client may publish: to no channel, for which NSQ takes the empty one. */
    public boolean mayPublish(String topic) {
        return all.stream().anyMatch(grant -> grant.publish() && grant.covers(topic, ""));
    }
}
