package io.sluice.client.tools;

import io.sluice.client.Consumer;
import io.sluice.client.ConsumerOptions;
import io.sluice.client.MessageHandler;
import io.sluice.client.ReceivedMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Prints the messages of some topics until it is stopped, or has printed enough of one. */
final class Tail implements Job {
    private static final System.Logger LOG = System.getLogger(Tail.class.getName());

    /** For a daemon to say that nothing more comes. */
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

    /** Long enough for what is given back not to come again before the connections are closed. */
    private static final Duration GIVE_BACK_DELAY = Duration.ofSeconds(1);

    private final TailOptions options;
    private final OutputStream out;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final List<Consumer> consumers = new ArrayList<>();

    private Tail(TailOptions options, OutputStream out) {
        this.options = options;
        this.out = out;
    }

    /** Throws IllegalArgumentException for options that do not go. */
    static Tail start(TailOptions options, OutputStream out) {
        options.validate();
        Tail tail = new Tail(options, out);
        List<Printer> printers = new ArrayList<>();
        String channel = options.anyChannel();
        for (String topic : new LinkedHashSet<>(options.topics)) {
            printers.add(tail.new Printer(topic, channel));
        }
        printers.forEach(printer -> tail.consumers.add(printer.start()));
        return tail;
    }

    @Override
    public CompletableFuture<Void> ended() {
        return ended;
    }

    @Override
    public void stop() {
        for (Consumer consumer : consumers) consumer.close(CLOSE_PATIENCE);
    }

    private synchronized void print(byte[] line) {
        try {
            out.write(line);
            out.flush();
        } catch (IOException e) {
            ended.completeExceptionally(
                    new IOException("cannot write the output: " + e.getMessage(), e));
        }
    }

    /** One topic. */
    private final class Printer implements MessageHandler {
        private final String prefix;
        private final ConsumerOptions consumer;
        private int printed;

        Printer(String topic, String channel) {
            prefix = options.printTopic ? topic + " | " : "";
            consumer = options.consumer(topic, channel, ended);
        }

        Consumer start() {
            LOG.log(
                    System.Logger.Level.INFO,
                    "consuming " + consumer.topic() + " as channel " + consumer.channel());
            return Consumer.start(consumer, this);
        }

        /**
         * What comes behind the last message is given back, and so is that one, which NSQ's
         * nsq_tail does not finish either; and so is what could not be printed.
         */
        @Override
        public void handle(ReceivedMessage message) {
            if (!ended.isDone()) {
                print(line(message.body().toArray()));
                if (++printed == options.n) ended.complete(null);
            }
            if (ended.isDone()) message.requeueWithoutBackoff(GIVE_BACK_DELAY);
        }

        private byte[] line(byte[] body) {
            byte[] start = prefix.getBytes(StandardCharsets.UTF_8);
            byte[] line = new byte[start.length + body.length + 1];
            System.arraycopy(start, 0, line, 0, start.length);
            System.arraycopy(body, 0, line, start.length, body.length);
            line[line.length - 1] = '\n';
            return line;
        }
    }
}
