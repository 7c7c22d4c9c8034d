package io.sluice.nsqd.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.nsqd.crash.Event.Promise;
import io.sluice.nsqd.crash.HistoryChecker.Verdict;
import io.sluice.nsqd.crash.LoadConsumer.Manner;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.TopicName;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Kills a daemon under load, again and again, at moments that a seed chooses; then drains it and
 * looks at what all clients have seen together. There is a topic of each level, with a channel of
 * each kind.
 */
final class KillLoop {
    private static final ChannelName BUSY = new ChannelName("busy");
    private static final ChannelName SLOW = new ChannelName("slow");
    private static final ChannelName PAUSED = new ChannelName("paused");
    private static final List<ChannelName> CHANNELS = List.of(BUSY, SLOW, PAUSED);
    private static final List<String> LEVELS = List.of("mem", "os", "fsync");

    private static final int MOST_LOOPS = 2;
    private static final int[] MEMORY = {0, 0, 10, 10_000};
    private static final int MOST_AWAITED = 500;
    private static final int MOST_RUN_MS = 500;
    private static final int MOST_START_MS = 1_500;
    private static final int MOST_STOP_MS = 100;
    private static final int LATE_CHANNEL_PERCENT = 20;

    private final Home home;
    private final Random random;
    private final Queue<Event> history = new ConcurrentLinkedQueue<>();
    private final List<TopicName> topics = new ArrayList<>();
    private int lives;

    /** How a life ends. */
    private enum End {
        KILLED_UNDER_LOAD,
        KILLED_WHILE_IT_STARTS,
        STOPPED,
        KILLED_WHILE_IT_STOPS
    }

    /** Nothing has run yet. */
    KillLoop(Home home, long seed) {
        this.home = home;
        random = new Random(seed);
        for (String level : LEVELS) topics.add(new TopicName(level));
    }

    /** Lives so many lives, drains what is left, and tells what it came to. */
    Verdict run(int rounds) {
        setUp();
        for (int i = 0; i < rounds; i++) liveOnce(end());
        drain();
        return HistoryChecker.check(history);
    }

    private NsqdProcess launch(int memQueueSize) {
        return home.launch(
                "--event-loops=" + (1 + random.nextInt(MOST_LOOPS)),
                "--mem-queue-size=" + memQueueSize,
                "--max-bytes-per-file=1048576");
    }

    private void setUp() {
        NsqdProcess nsqd = launch(0);
        for (TopicName topic : topics) {
            nsqd.api().post("/topic/create?topic=" + topic + "&durability=" + topic);
            for (ChannelName channel : CHANNELS) create(nsqd, topic, channel);
            nsqd.api().pause(topic, PAUSED);
        }
        nsqd.kill();
    }

    private void create(NsqdProcess nsqd, TopicName topic, ChannelName channel) {
        nsqd.api().createChannel(topic, channel);
        long nowNs = System.nanoTime();
        history.add(new Event.ChannelMade(topic.toString(), channel.toString(), nowNs));
    }

    private End end() {
        int chance = random.nextInt(100);
        if (chance < 10) return End.KILLED_WHILE_IT_STARTS;
        if (chance < 16) return End.STOPPED;
        if (chance < 24) return End.KILLED_WHILE_IT_STOPS;
        return End.KILLED_UNDER_LOAD;
    }

    private void liveOnce(End end) {
        int memQueueSize = MEMORY[random.nextInt(MEMORY.length)];
        NsqdProcess nsqd = launch(memQueueSize);
        if (end == End.KILLED_WHILE_IT_STARTS) {
            expectToLive(nsqd, random.nextInt(MOST_START_MS));
            nsqd.kill();
            return;
        }
        nsqd.awaitReady();
        Life life = new Life(nsqd, ++lives, history);
        if (random.nextInt(100) < LATE_CHANNEL_PERCENT) {
            TopicName topic = topics.get(random.nextInt(topics.size()));
            create(nsqd, topic, new ChannelName("late" + life.number()));
        }
        load(life, memQueueSize == 0);
        life.awaitAcknowledged(random.nextInt(MOST_AWAITED));
        expectToLive(nsqd, random.nextInt(MOST_RUN_MS));
        life.ending();
        if (end == End.KILLED_UNDER_LOAD) {
            nsqd.kill();
        } else if (end == End.STOPPED) {
            nsqd.stop();
        } else {
            nsqd.terminate();
            nsqd.endsWithin(random.nextInt(MOST_STOP_MS));
            nsqd.kill();
        }
        life.join();
    }

    private static void expectToLive(NsqdProcess nsqd, long ms) {
        assertThat(nsqd.endsWithin(ms)).as("ended by itself: %s", nsqd.output()).isFalse();
    }

    /** At level mem only what has overflowed is safe, and without memory everything does. */
    private void load(Life life, boolean everythingOverflows) {
        for (TopicName topic : topics) {
            Promise promise = Promise.ALWAYS;
            if (topic.toString().equals("mem")) {
                promise = everythingOverflows ? Promise.ONCE_ON_DISK : Promise.NEVER;
            }
            life.start(publisher(life, topic, "tcp", promise));
            life.start(publisher(life, topic, "http", promise));
            life.start(consumer(life, topic, BUSY, Manner.FINISHES));
            life.start(consumer(life, topic, BUSY, Manner.REQUEUES));
            life.start(consumer(life, topic, SLOW, Manner.REQUEUES));
            life.start(consumer(life, topic, SLOW, Manner.NEVER_ANSWERS));
            life.start(consumer(life, topic, PAUSED, Manner.FINISHES));
        }
    }

    private LoadPublisher publisher(Life life, TopicName topic, String name, Promise promise) {
        boolean http = name.equals("http");
        return new LoadPublisher(life, topic, name, promise, http, random.nextLong());
    }

    private LoadConsumer consumer(Life life, TopicName topic, ChannelName channel, Manner manner) {
        return new LoadConsumer(life, topic, channel, manner, random.nextLong());
    }

    private void drain() {
        NsqdProcess nsqd = launch(0).awaitReady();
        Life life = new Life(nsqd, ++lives, history);
        for (TopicName topic : topics) {
            nsqd.api().unpause(topic, PAUSED);
            for (JsonNode channel : nsqd.api().topic(topic).path("channels")) {
                ChannelName name = new ChannelName(channel.path("channel_name").asText());
                life.start(consumer(life, topic, name, Manner.FINISHES));
            }
        }
        Await.that(() -> "all is drained: " + nsqd.api().stats(""), () -> isEmpty(nsqd));
        life.ending();
        nsqd.stop();
        life.join();
    }

    /** Nothing that was finished comes back after a proper end, and nothing that is deleted. */
    void expectEmpty() {
        NsqdProcess nsqd = launch(0).awaitReady();
        assertThat(isEmpty(nsqd)).as("after the end: %s", nsqd.api().stats("")).isTrue();
        for (TopicName topic : topics) nsqd.api().post("/topic/delete?topic=" + topic);
        nsqd.kill();
        NsqdProcess last = launch(0).awaitReady();
        assertThat(last.api().stats("").path("topics")).isEmpty();
        last.kill();
    }

    private static boolean isEmpty(NsqdProcess nsqd) {
        for (JsonNode topic : nsqd.api().stats("").path("topics")) {
            long left = topic.path("depth").asLong();
            for (JsonNode channel : topic.path("channels")) {
                left += channel.path("depth").asLong();
                left += channel.path("in_flight_count").asLong();
                left += channel.path("deferred_count").asLong();
            }
            if (left > 0) return false;
        }
        return true;
    }
}
