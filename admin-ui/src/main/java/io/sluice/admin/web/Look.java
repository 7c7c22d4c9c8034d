package io.sluice.admin.web;

import io.sluice.daemon.HttpError;
import java.util.List;

/** Which page somebody looks at; names that it does not need are empty. */
record Look(String view, String topic, String channel, String node) {
    static final List<String> VIEWS =
            List.of(
                    "overview",
                    "topics",
                    "topic",
                    "channel",
                    "nodes",
                    "node",
                    "lookup",
                    "activity");

    /** Names may be null; throws HttpError 400 when there is no such view. */
    static Look at(String view, String topic, String channel, String node) {
        if (view == null || !VIEWS.contains(view)) {
            throw new HttpError(400, "INVALID_VIEW: one of " + String.join(", ", VIEWS));
        }
        return new Look(view, orEmpty(topic), orEmpty(channel), orEmpty(node));
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }
}
