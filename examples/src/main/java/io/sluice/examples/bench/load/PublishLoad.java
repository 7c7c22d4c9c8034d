package io.sluice.examples.bench.load;

import io.sluice.examples.bench.daemon.Target;
import io.sluice.examples.bench.wire.BenchException;
import io.sluice.examples.bench.wire.Connection;
import io.sluice.examples.bench.wire.HttpConnection;
import io.sluice.examples.bench.wire.PublishCommand;
import io.sluice.examples.bench.wire.PublishForm;
import io.sluice.examples.bench.wire.PublishRequest;
import io.sluice.examples.bench.wire.Publishing;
import io.sluice.protocol.TopicName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Publishers of one topic that work at the same time. */
public final class PublishLoad {
    private final Crew crew;
    private final List<Numbers> numbers;
    private final List<Publisher> publishers = new ArrayList<>();
    private final Progress acknowledged = new Progress();

    /** Connects; at most {@code messages} will be published. */
    public PublishLoad(
            Crew crew, Target target, TopicName topic, Publishing publishing, int messages)
            throws IOException {
        this.crew = crew;
        numbers = Numbers.split(messages, publishing.connections());
        if (!numbers.get(0).has(publishing.batch())) {
            throw new BenchException(
                    messages
                            + " messages are too few: every connection publishes at least one"
                            + " command, which makes "
                            + (long) publishing.connections() * publishing.batch());
        }
        for (Numbers own : numbers) {
            publishers.add(
                    publishing.form() == PublishForm.COMMAND
                            ? byCommand(target, topic, publishing, own)
                            : byRequest(target, topic, publishing, own));
        }
    }

    private Publisher byCommand(Target target, TopicName topic, Publishing publishing, Numbers own)
            throws IOException {
        PublishCommand command =
                PublishCommand.of(topic, publishing.batch(), publishing.bodySize());
        Connection connection = crew.own(Connection.open(target.tcpAddress(), command.length()));
        return new CommandPublisher(connection, command, publishing.window(), own, acknowledged);
    }

    private Publisher byRequest(Target target, TopicName topic, Publishing publishing, Numbers own)
            throws IOException {
        ByteBuffer request = PublishRequest.encode(topic, publishing);
        HttpConnection connection = crew.own(HttpConnection.open(target.httpAddress()));
        return new RequestPublisher(connection, request, publishing.batch(), own, acknowledged);
    }

    /** Lets all start; they stop at this System.nanoTime() or when the messages are used up. */
    public CompletableFuture<Void> start(long untilNs) {
        List<CompletableFuture<Void>> done = new ArrayList<>();
        for (Publisher publisher : publishers) {
            done.add(crew.start("publisher", () -> publisher.publish(untilNs)));
        }
        return CompletableFuture.allOf(done.toArray(CompletableFuture[]::new));
    }

    /** Counts the messages for which OK has come. */
    public Progress acknowledged() {
        return acknowledged;
    }

    /** What was published; complete once the future of {@link #start} is. */
    public List<Numbers> published() {
        return numbers;
    }
}
