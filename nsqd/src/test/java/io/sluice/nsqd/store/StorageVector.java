package io.sluice.nsqd.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sluice.nsqd.core.Durability;
import io.sluice.nsqd.core.LogEntry;
import io.sluice.nsqd.core.LogEntry.ChannelState;
import io.sluice.nsqd.core.LogEntry.Range;
import io.sluice.nsqd.core.LogEntry.Reach;
import io.sluice.nsqd.core.LogEntry.Ref;
import io.sluice.nsqd.core.LogEntry.RunPart;
import io.sluice.protocol.Bytes;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.MessageId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A vector of storage.json: the bytes of a record, and what it says. */
record StorageVector(String name, JsonNode json) {
    static List<StorageVector> all() {
        try (InputStream in = StorageVector.class.getResourceAsStream("/vectors/storage.json")) {
            JsonNode root = JsonMapper.builder().build().readTree(in);
            return elements(root, "vectors", v -> new StorageVector(text(v, "name"), v));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] bytes() {
        return HexFormat.of().parseHex(text(json, "bytes"));
    }

    long lsn() {
        return json.required("lsn").longValue();
    }

    /** What is wrong with the payload, or null. */
    String malformed() {
        return json.path("malformed").textValue();
    }

    String kind() {
        return text(json, "kind");
    }

    int number(String field) {
        return json.required(field).intValue();
    }

    /** The entry that it tells. */
    LogEntry entry() {
        return switch (kind()) {
            case "message" -> message();
            case "finished" ->
                    new LogEntry.Finished(
                            channel(json),
                            stream(json, "lsns").mapToLong(JsonNode::longValue).toArray());
            case "requeued" -> new LogEntry.Requeued(channel(json), refs(json));
            case "run" -> new LogEntry.Run(channel(json), refs(json));
            case "channelCreated" -> new LogEntry.ChannelCreated(channel(json));
            case "channelDeleted" -> new LogEntry.ChannelDeleted(channel(json));
            case "channelEmptied" -> new LogEntry.ChannelEmptied(channel(json));
            case "topicEmptied" -> new LogEntry.TopicEmptied();
            case "heldBack" -> new LogEntry.HeldBack();
            case "released" -> new LogEntry.Released();
            case "topicState" -> state();
            default -> throw new AssertionError("no kind of entry: " + kind());
        };
    }

    private LogEntry.Message message() {
        Reach reach = Reach.valueOf(text(json, "reach").toUpperCase(Locale.ROOT));
        byte[] id = HexFormat.of().parseHex(text(json, "id"));
        byte[] body = HexFormat.of().parseHex(text(json, "body"));
        return new LogEntry.Message(
                reach,
                MessageId.take(ByteBuffer.wrap(id)),
                Long.parseLong(text(json, "timestampNs")),
                Long.parseLong(text(json, "dueNs")),
                Bytes.wrap(body));
    }

    private LogEntry.TopicState state() {
        return new LogEntry.TopicState(
                Long.parseLong(text(json, "atNs")),
                Durability.valueOf(text(json, "durability").toUpperCase(Locale.ROOT)),
                json.required("holdsBack").booleanValue(),
                channelState(json.required("backlog")),
                elements(json, "channels", StorageVector::channelState));
    }

    private static ChannelState channelState(JsonNode node) {
        return new ChannelState(
                node.has("channel") ? channel(node) : null,
                node.required("cursor").longValue(),
                node.required("unread").longValue(),
                refs(node),
                elements(node, "runs", StorageVector::runPart),
                elements(node, "done", d -> new Range(at(d, 0), at(d, 1))));
    }

    private static RunPart runPart(JsonNode n) {
        return new RunPart(at(n, 0), (int) at(n, 1), (int) at(n, 2), at(n, 3), at(n, 4), at(n, 5));
    }

    private static List<Ref> refs(JsonNode node) {
        List<Ref> refs = new ArrayList<>();
        for (JsonNode run : node.required("refs")) {
            for (long lsn = at(run, 0); lsn < at(run, 1); lsn++) {
                refs.add(new Ref(lsn, (int) at(run, 2), at(run, 3)));
            }
        }
        return refs;
    }

    private static ChannelName channel(JsonNode node) {
        return new ChannelName(text(node, "channel"));
    }

    private static long at(JsonNode array, int index) {
        return array.required(index).longValue();
    }

    private static String text(JsonNode node, String field) {
        return node.required(field).textValue();
    }

    private static Stream<JsonNode> stream(JsonNode node, String list) {
        return StreamSupport.stream(node.required(list).spliterator(), false);
    }

    private static <T> List<T> elements(JsonNode node, String list, Function<JsonNode, T> to) {
        return stream(node, list).map(to).toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
