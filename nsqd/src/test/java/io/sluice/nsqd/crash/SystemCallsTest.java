package io.sluice.nsqd.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.nsqd.blackbox.TestClient;
import io.sluice.protocol.Bytes;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.Command;
import io.sluice.protocol.TopicName;
import java.util.Collections;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * How often the daemon calls the kernel for a message, which does not depend on how fast the
 * machine is: what comes together is read, and answered, together. (NSQ writes each OK by itself.)
 */
@Tag("crash")
@EnabledOnOs(OS.LINUX)
class SystemCallsTest {
    private static final int BATCH = 1_000;
    private static final int FIRST_BATCHES = 100;
    private static final int BATCHES = 100;

    /**
     * Of them a read and a write for each connection are the rule; the JVM reads a file at times.
     */
    private static final int CALLS_A_BATCH = 15;

    private static final TopicName TOPIC = new TopicName("t");
    private static final ChannelName CHANNEL = new ChannelName("c");
    private static final Bytes BODY = Bytes.wrap(new byte[100]);
    private static final Command[] PUBS =
            Stream.generate(() -> new Command.Pub(TOPIC, BODY))
                    .limit(BATCH)
                    .toArray(Command[]::new);

    /** Otherwise the JVM asks the control group again and again how much memory there is. */
    @RegisterExtension final Home home = new Home("-XX:-UseContainerSupport");

    @Test
    void manyPubsTogetherTakeFewCalls() {
        NsqdProcess nsqd = home.start();
        try (TestClient publisher = nsqd.connect()) {
            expectFewCalls(nsqd, () -> publish(publisher));
        }
        nsqd.stop();
    }

    private static void publish(TestClient publisher) {
        publisher.send(PUBS);
        for (int i = 0; i < BATCH; i++) publisher.expectOk();
    }

    @Test
    void manyMessagesAndTheirFinsTakeFewCalls() {
        NsqdProcess nsqd = home.start();
        try (TestClient publisher = nsqd.connect();
                TestClient consumer = nsqd.connect()) {
            consumer.subscribe(TOPIC, CHANNEL, BATCH);
            expectFewCalls(nsqd, () -> deliver(publisher, consumer));
        }
        nsqd.stop();
    }

    private static void deliver(TestClient publisher, TestClient consumer) {
        publisher.publishAll(TOPIC, Collections.nCopies(BATCH, BODY));
        consumer.send(
                Stream.generate(() -> new Command.Fin(consumer.message().id()))
                        .limit(BATCH)
                        .toArray(Command[]::new));
    }

    private static void expectFewCalls(NsqdProcess nsqd, Runnable batch) {
        for (int i = 0; i < FIRST_BATCHES; i++) batch.run();
        long before = ProcessUse.readsAndWrites(nsqd.pid());
        for (int i = 0; i < BATCHES; i++) batch.run();
        long calls = ProcessUse.readsAndWrites(nsqd.pid()) - before;
        System.out.printf("%.1f reads and writes a batch%n", (double) calls / BATCHES);
        assertThat(calls)
                .as("reads and writes for %d batches of %d messages", BATCHES, BATCH)
                .isLessThan(CALLS_A_BATCH * BATCHES);
    }
}
