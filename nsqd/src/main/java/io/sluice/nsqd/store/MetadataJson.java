package io.sluice.nsqd.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.daemon.Version;
import io.sluice.nsqd.core.Durability;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.TopicName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Metadata as NSQ writes it, so that a data path can go to NSQ and come back:
 *
 * <pre>
 * {"topics":[{"name":"t","paused":false,"channels":[{"name":"c","paused":false}]}],"version":"…"}
 * </pre>
 *
 * <p>{@code durability} of a topic is our own, and only there when it was chosen.
 */
final class MetadataJson {
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Consumer<String> warnings;

    private MetadataJson(Consumer<String> warnings) {
        this.warnings = warnings;
    }

    /** What is ephemeral is left out. */
    static byte[] encode(Metadata metadata) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        Stream<ObjectNode> topics =
                metadata.topics().stream()
                        .filter(topic -> !topic.name().isEphemeral())
                        .map(MetadataJson::topic);
        json.set("topics", orNull(topics));
        json.put("version", Version.FULL);
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static ObjectNode topic(TopicMetadata topic) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", topic.name().value());
        json.put("paused", topic.paused());
        Stream<ObjectNode> channels =
                topic.channels().stream()
                        .filter(channel -> !channel.name().isEphemeral())
                        .map(MetadataJson::channel);
        json.set("channels", orNull(channels));
        if (topic.durability() != null) json.put("durability", word(topic.durability()));
        return json;
    }

    private static ObjectNode channel(ChannelMetadata channel) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", channel.name().value());
        json.put("paused", channel.paused());
        return json;
    }

    /** Go writes a list that was never added to as null. */
    private static JsonNode orNull(Stream<ObjectNode> items) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        items.forEach(array::add);
        return array.isEmpty() ? JsonNodeFactory.instance.nullNode() : array;
    }

    /**
     * Reads what NSQ would read: keys in any case, unknown ones left alone, missing ones and nulls
     * taken for nothing. Names that are not allowed are left out, with a warning.
     *
     * @throws IOException saying what is wrong, when it is not JSON or not of this shape
     */
    static Metadata decode(byte[] bytes, Consumer<String> warnings) throws IOException {
        try {
            return new MetadataJson(warnings).metadata(MAPPER.readTree(bytes));
        } catch (JsonProcessingException e) {
            String why = e.getOriginalMessage();
            int at = e.getLocation() == null ? 0 : e.getLocation().getColumnNr();
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new IOException("line " + line + ", column " + at + ": " + why, e);
        }
    }

    private Metadata metadata(JsonNode json) throws IOException {
        if (json.isMissingNode()) throw new IOException("unexpected end of JSON input");
        if (json.isNull()) return Metadata.EMPTY;
        object(json, "all of it");
        text(json, "version");
        List<TopicMetadata> topics = new ArrayList<>();
        for (JsonNode topic : list(json, "topics")) {
            String name = name(topic, "a topic");
            boolean paused = bool(topic, "paused");
            Durability durability = durability(topic);
            List<ChannelMetadata> channels = channels(topic);
            if (TopicName.isValid(name)) {
                topics.add(new TopicMetadata(new TopicName(name), paused, durability, channels));
            } else {
                warnings.accept("skipping creation of invalid topic " + name);
            }
        }
        return new Metadata(topics);
    }

    private List<ChannelMetadata> channels(JsonNode topic) throws IOException {
        List<ChannelMetadata> channels = new ArrayList<>();
        for (JsonNode channel : list(topic, "channels")) {
            String name = name(channel, "a channel");
            boolean paused = bool(channel, "paused");
            if (ChannelName.isValid(name)) {
                channels.add(new ChannelMetadata(new ChannelName(name), paused));
            } else {
                warnings.accept("skipping creation of invalid channel " + name);
            }
        }
        return channels;
    }

    private static String name(JsonNode json, String what) throws IOException {
        if (json.isNull()) return "";
        object(json, what);
        return text(json, "name");
    }

    private static void object(JsonNode json, String what) throws IOException {
        if (!json.isObject()) throw wrong(what, "an object", json);
    }

    private static JsonNode list(JsonNode json, String key) throws IOException {
        JsonNode value = value(json, key);
        if (value.isNull()) return JsonNodeFactory.instance.arrayNode();
        if (!value.isArray()) throw wrong(key, "an array", value);
        return value;
    }

    private static String text(JsonNode json, String key) throws IOException {
        JsonNode value = value(json, key);
        if (value.isNull()) return "";
        if (!value.isTextual()) throw wrong(key, "a string", value);
        return value.textValue();
    }

    private static boolean bool(JsonNode json, String key) throws IOException {
        JsonNode value = value(json, key);
        if (value.isNull()) return false;
        if (!value.isBoolean()) throw wrong(key, "true or false", value);
        return value.booleanValue();
    }

    /** A word that is not known may have promised more than the default does. */
    private static Durability durability(JsonNode topic) throws IOException {
        String word = text(topic, "durability");
        if (word.isEmpty()) return null;
        for (Durability durability : Durability.values()) {
            if (word(durability).equals(word)) return durability;
        }
        throw new IOException("durability must be mem, os or fsync, not '" + word + "'");
    }

    private static String word(Durability durability) {
        return durability.name().toLowerCase(Locale.ROOT);
    }

    private static JsonNode value(JsonNode json, String key) {
        JsonNode exact = json.get(key);
        if (exact != null) return exact;
        return json.properties().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(key))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(JsonNodeFactory.instance.nullNode());
    }

    private static IOException wrong(String what, String allowed, JsonNode found) {
        String kind = found.getNodeType().name().toLowerCase(Locale.ROOT);
        return new IOException(what + " must be " + allowed + ", not of type " + kind);
    }
}
