package io.sluice.nsqd.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.nsqd.blackbox.TestClient;
import io.sluice.protocol.Bytes;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.Command;
import io.sluice.protocol.Message;
import io.sluice.protocol.TopicName;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Far more deferred messages than there is memory for. {@code -Ddeferred=COUNT} says how many; a
 * message in memory takes 150 bytes and more.
 */
@Tag("crash")
@EnabledOnOs(OS.LINUX)
class ManyDeferredTest {
    private static final int DEFERRED = Integer.getInteger("deferred", 1_000_000);
    private static final TopicName TOPIC = new TopicName("t");
    private static final ChannelName CHANNEL = new ChannelName("c");
    private static final int BATCH = 500;
    private static final int SOON = 100;
    private static final int SOON_MS = 10_000;
    private static final int LEAST_MS = 1_800_000;
    private static final int MOST_MS = 3_600_000;
    private static final long MIB = 1 << 20;
    private static final long MOST_RESIDENT_BYTES = 300 * MIB;

    @RegisterExtension final Home home = new Home("-Xmx64m", "-XX:MaxDirectMemorySize=64m");

    @Test
    void memoryHasTheNearFutureOnly() {
        NsqdProcess nsqd = home.start();
        nsqd.api().createTopic(TOPIC);
        nsqd.api().createChannel(TOPIC, CHANNEL);
        long sentNs = publish(nsqd);
        expectAll(nsqd);
        System.out.printf(
                "%d deferred messages: %d MiB resident, %d MiB on disk%n",
                DEFERRED,
                ProcessUse.residentBytes(nsqd.pid()) / MIB,
                ProcessUse.diskBytes(home.dataPath()) / MIB);
        nsqd.stop();

        NsqdProcess next = home.start();
        expectAll(next);
        expectSoon(next, sentNs);
        assertThat(deferred(next)).isEqualTo(DEFERRED - SOON);
    }

    /** Returns when those were sent that are due soon: the last of all. */
    private static long publish(NsqdProcess nsqd) {
        Random random = new Random(1);
        try (TestClient client = nsqd.connect()) {
            client.answerHeartbeats();
            for (int sent = 0; sent < DEFERRED - SOON; ) {
                int count = Math.min(BATCH, DEFERRED - SOON - sent);
                Command[] batch = new Command[count];
                for (int i = 0; i < count; i++) {
                    long delayMs = LEAST_MS + random.nextInt(MOST_MS - LEAST_MS);
                    batch[i] = new Command.Dpub(TOPIC, delayMs, Bytes.utf8("later"));
                }
                client.send(batch);
                for (int i = 0; i < count; i++) client.expectOk();
                sent += count;
            }
            long nowNs = System.nanoTime();
            for (int i = 0; i < SOON; i++) {
                client.send(new Command.Dpub(TOPIC, SOON_MS, Bytes.utf8("soon"))).expectOk();
            }
            return nowNs;
        }
    }

    private static void expectAll(NsqdProcess nsqd) {
        assertThat(deferred(nsqd)).isEqualTo(DEFERRED);
        assertThat(ProcessUse.residentBytes(nsqd.pid())).isLessThan(MOST_RESIDENT_BYTES);
    }

    private static long deferred(NsqdProcess nsqd) {
        return nsqd.api().channel(TOPIC, CHANNEL).path("deferred_count").asLong();
    }

    private static void expectSoon(NsqdProcess nsqd, long sentNs) {
        try (TestClient client = nsqd.connect()) {
            client.answerHeartbeats().subscribe(TOPIC, CHANNEL, SOON);
            for (int i = 0; i < SOON; i++) {
                Message message = client.message("soon");
                assertThat(System.nanoTime() - sentNs).isGreaterThan(SOON_MS * 1_000_000L);
                client.finish(message);
            }
            client.expectQuiet();
        }
    }
}
