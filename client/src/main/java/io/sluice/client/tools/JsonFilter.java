package io.sluice.client.tools;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which messages pass, and what of them, when they are JSON objects. */
final class JsonFilter {
    private final String field;
    private final String value;
    private final Double number;
    private final List<String> whitelist;

    /** Nothing is filtered by empty texts and an empty list. */
    JsonFilter(String field, String value, List<String> whitelist) {
        this.field = field;
        this.value = value;
        this.whitelist = List.copyOf(whitelist);
        number = number(value);
    }

    private static Double number(String text) {
        try {
            return Double.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Thrown for a message without the field whose value is required: it is to be tried again. */
    static final class MissingFieldException extends Exception {
        MissingFieldException(String field) {
            super("the field '" + field + "' to check is missing");
        }
    }

    /** Thrown for a body that is no JSON object: it is to be dropped. */
    static final class NoObjectException extends Exception {
        NoObjectException(String why) {
            super("not a JSON object: " + why);
        }
    }

    /** What is to be published; null when the message does not pass. */
    byte[] apply(byte[] body) throws MissingFieldException, NoObjectException {
        if (field.isEmpty() && whitelist.isEmpty()) return body;
        Map<?, ?> object = object(body);
        if (!field.isEmpty() && !passes(object)) return null;
        if (whitelist.isEmpty()) return body;
        Map<String, Object> kept = new TreeMap<>();
        for (String name : whitelist) {
            if (object.containsKey(name)) kept.put(name, object.get(name));
        }
        return JsonText.write(kept);
    }

    private static Map<?, ?> object(byte[] body) throws NoObjectException {
        try {
            if (JsonText.read(body) instanceof Map<?, ?> object) return object;
        } catch (IOException e) {
            throw new NoObjectException(e.getMessage());
        }
        throw new NoObjectException("another kind of value");
    }

    private boolean passes(Map<?, ?> object) throws MissingFieldException {
        if (!object.containsKey(field)) {
            if (value.isEmpty()) return false;
            throw new MissingFieldException(field);
        }
        if (value.isEmpty()) return true;
        Object found = object.get(field);
        return found instanceof String
                ? value.equals(found)
                : number != null && number.equals(found);
    }
}
