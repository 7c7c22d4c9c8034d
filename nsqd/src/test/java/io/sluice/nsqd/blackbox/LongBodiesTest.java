package io.sluice.nsqd.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.daemon.HostAndPort;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.TopicName;
import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Long messages that come and go: what held one of them holds the next. */
@Execution(ExecutionMode.CONCURRENT)
class LongBodiesTest {
    private static final ChannelName OTHER = new ChannelName("other");
    private static final int ROUNDS = 4;
    private static final int COUNT = 50;

    private final TopicName topic = Target.newTopic();

    @Test
    void everyChannelGetsEachAsItWasPublished() {
        comeAndGo(Target.tcp());
    }

    /** Most of them are in the log only, and what holds them in memory holds others at once. */
    @ParameterizedTest
    @ValueSource(strings = {"mem", "os"})
    @OwnDaemonOnly("needs --durability")
    void alsoThroughTheLog(String durability) {
        String level = "--durability=" + durability;
        try (OwnNsqd nsqd = OwnNsqd.start(level, "--mem-queue-size=5", "--event-loops=2")) {
            comeAndGo(nsqd.tcp());
        }
    }

    private void comeAndGo(HostAndPort address) {
        try (TestClient publisher = TestClient.connect(address);
                TestClient consumer = TestClient.connect(address);
                TestClient hesitant = TestClient.connect(address)) {
            consumer.subscribe(topic, Target.CHANNEL, 5);
            hesitant.subscribe(topic, OTHER, 3);
            for (int round = 0; round < ROUNDS; round++) {
                int from = round * COUNT;
                LongBodies.publish(publisher, topic, from, COUNT);
                BitSet all = new BitSet();
                all.set(from, from + COUNT);
                assertThat(LongBodies.consume(consumer, COUNT, 0)).isEqualTo(all);
                assertThat(LongBodies.consume(hesitant, COUNT, round)).isEqualTo(all);
            }
        }
    }
}
