package io.sluice.client.tools;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** JSON as Go reads and writes what has no type: numbers are doubles, names come sorted. */
final class JsonText {
    private static final JsonFactory FACTORY = new JsonFactory();

    /** From here on, and below its counterpart, Go writes numbers with an exponent. */
    private static final double LARGE = 1e21;

    private static final double SMALL = 1e-6;

    private JsonText() {}

    /** A document as Map, List, String, Double, Boolean or null; IOException when it is not one. */
    static Object read(byte[] document) throws IOException {
        try (JsonParser json = FACTORY.createParser(document)) {
            if (json.nextToken() == null) throw new IOException("it is empty");
            Object value = value(json);
            if (json.nextToken() != null) throw new IOException("it goes on behind its end");
            return value;
        }
    }

    private static Object value(JsonParser json) throws IOException {
        JsonToken token = json.currentToken();
        if (token == null) throw new IOException("it ends too early");
        return switch (token) {
            case START_OBJECT -> members(json);
            case START_ARRAY -> elements(json);
            case VALUE_STRING -> json.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new IOException("unexpected " + token);
        };
    }

    private static Map<String, Object> members(JsonParser json) throws IOException {
        Map<String, Object> members = new TreeMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            members.put(name, value(json));
        }
        return members;
    }

    private static List<Object> elements(JsonParser json) throws IOException {
        List<Object> elements = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) elements.add(value(json));
        return elements;
    }

    /** What {@link #read} gives, as a document. */
    static byte[] write(Object value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            write(value, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void write(Object value, JsonGenerator json) throws IOException {
        if (value instanceof Map<?, ?> members) {
            json.writeStartObject();
            for (Map.Entry<?, ?> member : members.entrySet()) {
                json.writeFieldName(member.getKey().toString());
                write(member.getValue(), json);
            }
            json.writeEndObject();
        } else if (value instanceof List<?> elements) {
            json.writeStartArray();
            for (Object element : elements) write(element, json);
            json.writeEndArray();
        } else if (value instanceof Double number) {
            json.writeNumber(shortest(number));
        } else if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else if (value == null) {
            json.writeNull();
        } else {
            json.writeString(value.toString());
        }
    }

    /** A number as Go writes it: {@code 1}, {@code 0.5}, {@code 1e-9}. */
    private static String shortest(double number) {
        if (number == 0) return 1 / number < 0 ? "-0" : "0";
        BigDecimal exact = new BigDecimal(Double.toString(number)).stripTrailingZeros();
        double size = Math.abs(number);
        if (size >= SMALL && size < LARGE) return exact.toPlainString();
        BigDecimal digits = exact.movePointLeft(exact.precision() - exact.scale() - 1);
        int exponent = exact.precision() - exact.scale() - 1;
        return digits.toPlainString() + (exponent < 0 ? "e" : "e+") + exponent;
    }
}
