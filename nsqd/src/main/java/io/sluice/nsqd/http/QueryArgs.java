package io.sluice.nsqd.http;

import io.sluice.daemon.ApiRequest;
import io.sluice.daemon.HttpError;
import io.sluice.nsqd.core.Durability;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.TopicName;
import java.util.Locale;

/** What endpoints ask for in a query: names, numbers and switches. */
final class QueryArgs {
    private QueryArgs() {}

    /** The topic. What is said of an invalid name differs from endpoint to endpoint. */
    static TopicName topic(ApiRequest request, String invalidCode) {
        String name = request.query("topic", "MISSING_ARG_TOPIC");
        if (!TopicName.isValid(name)) throw new HttpError(400, invalidCode);
        return new TopicName(name);
    }

    /** The channel. */
    static ChannelName channel(ApiRequest request) {
        String name = request.query("channel", "MISSING_ARG_CHANNEL");
        if (!ChannelName.isValid(name)) throw new HttpError(400, "INVALID_ARG_CHANNEL");
        return new ChannelName(name);
    }

    /** What is promised for a message; {@code missing} when it is not said. */
    static Durability durability(ApiRequest request, Durability missing) {
        String value = request.query("durability");
        if (value == null) return missing;
        for (Durability level : Durability.values()) if (level.isCalled(value)) return level;
        throw new HttpError(400, "INVALID_DURABILITY");
    }

    /** A number within limits, {@code missing} when it is not there. */
    static int number(ApiRequest request, String name, int missing, int min, int max) {
        String value = request.query(name);
        if (value == null) return missing;
        try {
            int number = Integer.parseInt(value);
            if (number >= min && number <= max) return number;
        } catch (NumberFormatException e) {
            // As if it were too large.
        }
        throw new HttpError(400, "INVALID_ARG_" + name.toUpperCase(Locale.ROOT));
    }

    /** A switch, {@code missing} when it is not there. Only false and 0 turn it off. */
    static boolean isOn(ApiRequest request, String name, boolean missing) {
        String value = request.query(name);
        if (value == null) return missing;
        return !value.equals("false") && !value.equals("0");
    }
}
