package io.sluice.examples.clients;

import com.sproutsocial.nsq.Client;
import com.sproutsocial.nsq.Message;
import com.sproutsocial.nsq.Publisher;
import com.sproutsocial.nsq.Subscriber;
import java.util.ArrayList;
import java.util.Collections;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** nsq-j: it publishes and waits for the answer, so that many messages go in batches. */
final class NsqJClient implements ComparedClient {
    /**
     * It leaves Nagle's algorithm on, and writes what is longer than its buffer of 8 KiB in parts:
     * each larger batch would wait up to 40 ms for the daemon's delayed acknowledgement.
     */
    private static final int BATCH_BYTES = 8 * 1024 - 128;

    private final Client client = new Client();
    private final String lookupd;
    private final Publisher publisher;

    NsqJClient(String nsqd, String lookupd) {
        this.lookupd = lookupd;
        client.setExecutor(Executors.newSingleThreadExecutor());
        publisher = new Publisher(client, nsqd, null);
    }

    @Override
    public String name() {
        return "nsq-j";
    }

    @Override
    public void publishAndWait(String topic, byte[] body) {
        publisher.publish(topic, body);
    }

    @Override
    public void publishAll(String topic, byte[] body, int count) {
        int most = BATCH_BYTES / (4 + body.length);
        for (int left = count; left > 0; left -= most) {
            int size = Math.min(left, most);
            publisher.publish(topic, new ArrayList<>(Collections.nCopies(size, body)));
        }
    }

    @Override
    public AutoCloseable consume(String topic, Consumer<byte[]> handler) {
        Subscriber subscriber = new Subscriber(client, 1, 5, lookupd);
        subscriber.setDefaultMaxInFlight(200);
        subscriber.subscribe(
                topic,
                "c",
                (Message message) -> {
                    handler.accept(message.getData());
                    message.finish();
                });
        return subscriber::stop;
    }

    @Override
    public void close() {
        client.stop();
    }
}
