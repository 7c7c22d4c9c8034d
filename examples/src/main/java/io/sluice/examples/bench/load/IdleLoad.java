package io.sluice.examples.bench.load;

import io.sluice.examples.bench.daemon.Target;
import io.sluice.examples.bench.wire.Connection;
import io.sluice.protocol.Bytes;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.Command;
import io.sluice.protocol.TopicName;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Consumers that subscribe, ask for messages, and get none. */
public final class IdleLoad {
    /** How many may wait for their answers: fewer than any daemon lets wait to be accepted. */
    private static final int WINDOW = 100;

    private static final int ANSWERS = 2;
    private static final Command IDENTIFY =
            new Command.Identify(
                    Bytes.utf8("{\"client_id\":\"bench\",\"user_agent\":\"sluice-bench\"}"));

    private final Crew crew;
    private final Target target;
    private final ChannelName channel;
    private final List<TopicName> made;
    private final List<Connection> connections = new ArrayList<>();
    private final Progress subscribed = new Progress();

    /**
     * Nothing is connected yet.
     *
     * @param made where to note the topics that have come to be
     */
    public IdleLoad(Crew crew, Target target, ChannelName channel, List<TopicName> made) {
        this.crew = crew;
        this.target = target;
        this.channel = channel;
        this.made = made;
    }

    /** Makes topics by subscribing to them, so many consumers each, as fast as it goes. */
    public void connect(List<TopicName> topics, int consumers) throws IOException {
        Deque<Connection> unanswered = new ArrayDeque<>();
        for (TopicName topic : topics) {
            made.add(topic);
            for (int i = 0; i < consumers; i++) {
                if (unanswered.size() == WINDOW) confirm(unanswered.remove());
                Connection connection = crew.own(Connection.openIdle(target.tcpAddress()));
                connection.send(IDENTIFY);
                connection.send(new Command.Sub(topic, channel));
                connection.send(new Command.Rdy(1));
                connection.flush();
                connections.add(connection);
                unanswered.add(connection);
            }
        }
        while (!unanswered.isEmpty()) confirm(unanswered.remove());
    }

    private void confirm(Connection connection) throws IOException {
        for (int i = 0; i < ANSWERS; i++) connection.awaitOk();
        subscribed.add(1);
    }

    /** Counts the consumers whose SUB was answered. */
    public Progress subscribed() {
        return subscribed;
    }

    /** Fails when the daemon has closed a connection, or sent more than heartbeats. */
    public void verify() throws IOException {
        for (Connection connection : connections) {
            connection.blocking(false);
            connection.receive();
            if (connection.next()) throw connection.unexpected();
        }
    }
}
