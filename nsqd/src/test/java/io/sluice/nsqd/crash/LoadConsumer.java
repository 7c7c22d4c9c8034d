package io.sluice.nsqd.crash;

import io.sluice.nsqd.blackbox.TestClient;
import io.sluice.nsqd.crash.Event.Copy;
import io.sluice.protocol.Bytes;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.Command;
import io.sluice.protocol.Frame;
import io.sluice.protocol.Message;
import io.sluice.protocol.TopicName;
import java.io.UncheckedIOException;
import java.util.Random;

/** Consumes one channel, in its own way, until the daemon is gone. */
final class LoadConsumer implements Runnable {
    private static final int MOST_DELAY_MS = 1_500;
    private static final int MOST_IN_FLIGHT = 50;
    private static final int MOST_UNANSWERED = 5;
    private static final String PATIENT = "{\"heartbeat_interval\":10000}";
    private static final String IMPATIENT = "{\"heartbeat_interval\":10000,\"msg_timeout\":1000}";

    private final Life life;
    private final TopicName topic;
    private final ChannelName channel;
    private final Manner manner;
    private final Random random;

    /** What becomes of a message. */
    enum Manner {
        /** It is finished. */
        FINISHES,
        /** Mostly finished, sometimes requeued at once or for later. */
        REQUEUES,
        /** Nothing: its time will be up, or the daemon gone. */
        NEVER_ANSWERS
    }

    /** A consumer that has not connected. */
    LoadConsumer(Life life, TopicName topic, ChannelName channel, Manner manner, long seed) {
        this.life = life;
        this.topic = topic;
        this.channel = channel;
        this.manner = manner;
        random = new Random(seed);
    }

    @Override
    public void run() {
        try (TestClient client = life.nsqd().connect()) {
            boolean answers = manner != Manner.NEVER_ANSWERS;
            String identity = answers ? PATIENT : IMPATIENT;
            client.send(
                    new Command.Identify(Bytes.utf8(identity)),
                    new Command.Sub(topic, channel),
                    new Command.Rdy(answers ? MOST_IN_FLIGHT : MOST_UNANSWERED));
            Frame frame;
            while ((frame = client.readUnlessClosed()) != null) take(client, frame);
        } catch (UncheckedIOException gone) {
            return; // as it has to be
        }
    }

    private void take(TestClient client, Frame frame) {
        if (frame instanceof Frame.Push push) {
            take(client, push.message());
        } else if (frame.equals(Frame.HEARTBEAT)) {
            client.send(new Command.Nop());
        } else if (frame instanceof Frame.Error error) {
            life.noteRefusal(error.data().utf8());
        }
    }

    private void take(TestClient client, Message message) {
        long nowNs = System.nanoTime();
        String name = Body.name(message.body());
        Copy copy = new Copy(topic.toString(), channel.toString(), name);
        int attempts = message.attempts();
        life.note(new Event.Received(copy, life.number(), attempts, nowNs, life.isEnding()));
        if (manner == Manner.NEVER_ANSWERS) return;
        int chance = manner == Manner.REQUEUES ? random.nextInt(100) : 100;
        if (chance < 10) {
            int delayMs = chance < 5 ? 0 : random.nextInt(MOST_DELAY_MS);
            long untilNs = System.nanoTime() + delayMs * 1_000_000L;
            client.send(new Command.Req(message.id(), delayMs));
            life.note(new Event.Requeued(copy, life.number(), attempts, untilNs));
        } else {
            client.send(new Command.Fin(message.id()));
            life.note(new Event.Finished(copy, life.number(), attempts));
        }
    }
}
