package io.sluice.examples.clients;

import com.sproutsocial.nsq.Client;
import com.sproutsocial.nsq.Message;
import com.sproutsocial.nsq.Publisher;
import com.sproutsocial.nsq.Subscriber;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** nsq-j: it only publishes and waits, so that many messages are wanted in batches of 100. */
final class NsqJClient implements ComparedClient {
    private static final int BATCH = 100;

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
        List<byte[]> batch = new ArrayList<>(Collections.nCopies(BATCH, body));
        for (int i = 0; i < count / BATCH; i++) publisher.publish(topic, batch);
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
