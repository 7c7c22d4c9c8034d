package io.sluice.nsqd.sim;

import io.sluice.nsqd.core.ClientSettings;
import java.util.ArrayList;
import java.util.List;

/** What the model knows of a consumer of a channel. */
final class ModelConsumer {
    private static final long MS = 1_000_000L;

    final long connection;
    final ModelChannel channel;
    final long msgTimeoutNs;

    /** True for one for which a channel does not live. */
    final boolean passing;

    final List<Copy> inFlight = new ArrayList<>();
    int ready;
    boolean closing;

    /** Its channel was deleted: it must have been disconnected. */
    boolean gone;

    /** How many more messages its outbox takes. */
    int room;

    long messageCount;
    long finishCount;
    long requeueCount;

    ModelConsumer(ClientSettings client, ModelChannel channel, boolean passing) {
        connection = client.connection();
        msgTimeoutNs = client.msgTimeoutMs() * MS;
        this.channel = channel;
        this.passing = passing;
    }

    boolean canTake() {
        return inFlight.size() < ready && room > 0;
    }

    void ready(int count) {
        if (!closing) ready = count;
    }

    void startClosing() {
        ready = 0;
        closing = true;
    }

    @Override
    public String toString() {
        return "client " + connection;
    }
}
