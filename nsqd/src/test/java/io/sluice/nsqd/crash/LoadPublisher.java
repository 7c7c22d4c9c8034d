package io.sluice.nsqd.crash;

import io.sluice.nsqd.blackbox.TestClient;
import io.sluice.nsqd.crash.Event.Promise;
import io.sluice.protocol.Bytes;
import io.sluice.protocol.Command;
import io.sluice.protocol.Frame;
import io.sluice.protocol.TopicName;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** Publishes to one topic, over TCP or HTTP, until the daemon is gone. */
final class LoadPublisher implements Runnable {
    private static final int MOST_PAUSE_NS = 4_000_000;
    private static final int MOST_FILLER = 1_000;

    /** One body in so many is long, up to this: such take another way to the disk. */
    private static final int LONG_BODIES = 25;

    private static final int MOST_LONG_FILLER = 100_000;
    private static final int MOST_BATCH = 20;
    private static final int MOST_DELAY_MS = 1_500;

    private final Life life;
    private final TopicName topic;
    private final String name;
    private final Promise promise;
    private final boolean http;
    private final Random random;
    private int count;

    /**
     * A publisher that has not connected.
     *
     * @param name of this one in its life
     * @param promise of its topic, for messages that are not for later
     */
    LoadPublisher(
            Life life, TopicName topic, String name, Promise promise, boolean http, long seed) {
        this.life = life;
        this.topic = topic;
        this.name = topic + "-" + life.number() + "-" + name;
        this.promise = promise;
        this.http = http;
        random = new Random(seed);
    }

    @Override
    public void run() {
        try (TestClient client = life.nsqd().connect()) {
            while (http ? post() : send(client)) {
                LockSupport.parkNanos(random.nextInt(MOST_PAUSE_NS));
            }
        } catch (UncheckedIOException gone) {
            return; // as it has to be
        }
    }

    /** False when that was the end. */
    private boolean send(TestClient client) {
        List<String> names = new ArrayList<>();
        client.send(command(names));
        Frame answer = client.readUnlessClosed();
        if (Frame.OK.equals(answer)) {
            acknowledge(names);
            return true;
        }
        if (answer instanceof Frame.Error error) life.noteRefusal(error.data().utf8());
        return false;
    }

    private Command command(List<String> names) {
        int chance = random.nextInt(100);
        if (chance < 60) return new Command.Pub(topic, next(0, names));
        if (chance < 75) {
            int delayMs = random.nextInt(MOST_DELAY_MS);
            return new Command.Dpub(topic, delayMs, next(delayMs, names));
        }
        return new Command.Mpub(topic, batch(names));
    }

    private List<Bytes> batch(List<String> names) {
        List<Bytes> batch = new ArrayList<>();
        for (int i = 1 + random.nextInt(MOST_BATCH); i > 0; i--) batch.add(next(0, names));
        return batch;
    }

    private boolean post() {
        List<String> names = new ArrayList<>();
        int chance = random.nextInt(100);
        Api.Answer answer;
        if (chance < 60) {
            int delayMs = chance < 20 ? random.nextInt(MOST_DELAY_MS) : 0;
            String body = next(delayMs, names).utf8();
            answer = life.nsqd().api().post("/pub?topic=" + topic + "&defer=" + delayMs, body);
        } else {
            List<String> bodies = batch(names).stream().map(Bytes::utf8).toList();
            answer = life.nsqd().api().post("/mpub?topic=" + topic, String.join("\n", bodies));
        }
        if (answer.status() != 200) {
            life.noteRefusal(answer.status() + " " + answer.body());
            return false;
        }
        acknowledge(names);
        return true;
    }

    private Bytes next(long delayMs, List<String> names) {
        // Where only the disk is safe, what is for later waits in memory.
        Promise promised = promise == Promise.ONCE_ON_DISK && delayMs > 0 ? Promise.NEVER : promise;
        long nowNs = System.nanoTime();
        long dueNs = nowNs + delayMs * 1_000_000;
        Event.Sent sent =
                new Event.Sent(
                        topic.toString(), name, ++count, life.number(), nowNs, dueNs, promised);
        life.note(sent);
        names.add(sent.message());
        return Body.of(
                sent.message(),
                random.nextInt(random.nextInt(LONG_BODIES) == 0 ? MOST_LONG_FILLER : MOST_FILLER));
    }

    private void acknowledge(List<String> names) {
        for (String message : names) life.noteAcknowledged(message);
    }
}
