package io.sluice.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** One of the JSON files of byte vectors; their form is told in vectors/README.md. */
public final class VectorFile {
    private static final HexFormat HEX = HexFormat.of();

    private final JsonNode root;

    /** Reads the file of this name. */
    public VectorFile(String name) {
        try (InputStream in = VectorFile.class.getResourceAsStream("/vectors/" + name)) {
            root = JsonMapper.builder().build().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The bytes that start a connection. */
    JsonNode magic() {
        return root.required("magic");
    }

    public Stream<JsonNode> vectors(String list) {
        return StreamSupport.stream(root.required(list).spliterator(), false);
    }

    /** Every vector of every file, those that start a connection included. */
    static List<JsonNode> all() {
        VectorFile commands = new VectorFile("commands.json");
        VectorFile frames = new VectorFile("frames.json");
        VectorFile lookup = new VectorFile("lookup.json");
        List<JsonNode> all = new ArrayList<>(List.of(commands.magic(), lookup.magic()));
        commands.vectors("vectors").forEach(all::add);
        frames.vectors("vectors").forEach(all::add);
        lookup.vectors("vectors").forEach(all::add);
        lookup.vectors("answers").forEach(all::add);
        new VectorFile("storage.json").vectors("vectors").forEach(all::add);
        new VectorFile("streams.json").vectors("vectors").forEach(all::add);
        return all;
    }

    /** Fails on a field that nobody reads: a misspelt expectation must not go unchecked. */
    public static void onlyFields(JsonNode vector, String... known) {
        Set<String> names = Set.of(known);
        vector.fieldNames()
                .forEachRemaining(
                        field -> {
                            if (names.contains(field)) return;
                            throw new AssertionError("unknown field " + field + " in " + vector);
                        });
    }

    /** Hexadecimal text, or a list of parts: {@code {"hex"}} and {@code {"repeat", "times"}}. */
    public static byte[] bytes(JsonNode hexOrParts) {
        if (hexOrParts.isTextual()) return HEX.parseHex(hexOrParts.textValue());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (JsonNode part : hexOrParts) {
            boolean repeats = part.has("repeat");
            onlyFields(part, repeats ? new String[] {"repeat", "times"} : new String[] {"hex"});
            byte[] piece = HEX.parseHex(part.required(repeats ? "repeat" : "hex").textValue());
            int times = repeats ? part.required("times").intValue() : 1;
            for (int i = 0; i < times; i++) out.writeBytes(piece);
        }
        return out.toByteArray();
    }

    /** How a vector's bytes look to people; a repetition is shown as {@code <text * times>}. */
    static String shown(JsonNode hexOrParts) {
        if (hexOrParts.isTextual()) return printable(HEX.parseHex(hexOrParts.textValue()));
        StringBuilder out = new StringBuilder();
        for (JsonNode part : hexOrParts) {
            if (part.has("hex")) {
                out.append(printable(HEX.parseHex(part.required("hex").textValue())));
            } else {
                String piece = printable(HEX.parseHex(part.required("repeat").textValue()));
                out.append('<').append(piece).append(" * ");
                out.append(part.required("times").intValue()).append('>');
            }
        }
        return out.toString();
    }

    private static String printable(byte[] bytes) {
        StringBuilder out = new StringBuilder();
        for (byte b : bytes) {
            if (b == '\n') out.append("\\n");
            else if (b == '\r') out.append("\\r");
            else if (b == '\\') out.append("\\\\");
            else if (b >= ' ' && b < 0x7f) out.append((char) b);
            else out.append("\\x").append(HEX.toHexDigits(b));
        }
        return out.toString();
    }
}
