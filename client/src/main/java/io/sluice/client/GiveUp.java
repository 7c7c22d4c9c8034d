package io.sluice.client;

import io.sluice.protocol.TopicName;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What a consumer does with a message that was delivered too often, before it is finished. */
@FunctionalInterface
public interface GiveUp {
    /** Lets it go. {@link ConsumerListener#gaveUp} is told all the same. */
    GiveUp DISCARD = message -> CompletableFuture.completedFuture(null);

    /**
     * Puts the message away. It is finished when the stage completes. When that fails, or this
     * throws, the message is given back, and comes here again with its next delivery.
     */
    CompletionStage<?> putAway(ReceivedMessage message) throws Exception;

    /**
     * Publishes it to another topic, often one that is called {@code <topic>.dead}.
     *
     * @throws IllegalArgumentException when the topic's name is not valid
     */
    static GiveUp publishTo(Producer producer, String topic) {
        String valid = new TopicName(topic).value();
        return message -> producer.publish(valid, message.body());
    }
}
