package io.sluice.nsqd.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.Bytes;
import io.sluice.protocol.Command;
import io.sluice.protocol.Frame;
import io.sluice.protocol.TopicName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Heartbeats, and what becomes of a client that does not answer them. */
@Execution(ExecutionMode.CONCURRENT)
class HeartbeatTest {
    private static final String EVERY_SECOND = "{\"heartbeat_interval\":1000}";

    /** For clients that must not be late, on a machine that does other things too. */
    private static final String EVERY_OTHER_SECOND = "{\"heartbeat_interval\":2000}";

    /** A timer may be early by its own resolution. */
    private static final long TOLERANCE_MS = 20;

    private final TopicName topic = Target.newTopic();
    private final long startNs = System.nanoTime();

    private long elapsedMs() {
        return (System.nanoTime() - startNs) / 1_000_000;
    }

    private void heartbeat(TestClient client) {
        assertThat(client.read()).isEqualTo(Frame.HEARTBEAT);
    }

    @Test
    void theFirstComesAfterOneIntervalAndTheOthersFollow() {
        try (TestClient client = TestClient.connect()) {
            client.identify(EVERY_OTHER_SECOND);
            for (int i = 1; i <= 2; i++) {
                heartbeat(client);
                assertThat(elapsedMs()).isGreaterThanOrEqualTo(i * 2_000 - TOLERANCE_MS);
                client.send(new Command.Nop());
            }
        }
    }

    @Test
    void aClientThatIsSilentForTwoIntervalsIsClosed() {
        try (TestClient client = TestClient.connect()) {
            client.identify(EVERY_SECOND);
            assertThat(client.readToEnd()).allMatch(Frame.HEARTBEAT::equals);
            assertThat(elapsedMs()).isGreaterThanOrEqualTo(2_000 - TOLERANCE_MS);
        }
    }

    @Test
    void aClientThatAnswersLivesOn() {
        try (TestClient client = TestClient.connect()) {
            client.identify(EVERY_OTHER_SECOND);
            for (int i = 0; i < 3; i++) {
                heartbeat(client);
                client.send(new Command.Nop());
            }
            client.publish(topic, "still here");
        }
    }

    @Test
    void anyCommandIsAnAnswer() {
        try (TestClient client = TestClient.connect()) {
            client.identify(EVERY_OTHER_SECOND);
            for (int i = 0; i < 3; i++) {
                heartbeat(client);
                client.send(new Command.Pub(topic, Bytes.utf8("m"))).expectOk();
            }
        }
    }

    @Test
    void halfALineIsNoAnswer() {
        try (TestClient client = TestClient.connect()) {
            client.identify(EVERY_SECOND);
            heartbeat(client);
            client.write("NO");
            assertThat(client.readToEnd()).allMatch(Frame.HEARTBEAT::equals);
        }
    }

    @Test
    void consumersGetThemTooAndStillWhenTheyAreClosing() {
        try (TestClient client = TestClient.connect()) {
            client.identify(EVERY_OTHER_SECOND);
            client.subscribe(topic, Target.CHANNEL, 1);
            heartbeat(client);
            client.send(new Command.Nop(), new Command.Cls()).expect("CLOSE_WAIT");
            heartbeat(client);
            client.send(new Command.Nop());
            heartbeat(client);
        }
    }

    @Test
    void aSilentConsumersMessageGoesToAnother() {
        try (TestClient silent = TestClient.connect();
                TestClient other = TestClient.connect()) {
            silent.identify("{\"heartbeat_interval\":1000,\"msg_timeout\":3000}");
            silent.subscribe(topic, Target.CHANNEL, 1);
            other.publish(topic, "m");
            silent.message("m");
            other.subscribe(topic, Target.CHANNEL, 1);
            // A slow daemon may have sent it to the silent one again.
            assertThat(other.message("m").attempts()).isGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void beforeTheMagicThereIsNoDeadline() {
        try (TestClient quiet = TestClient.connectSilently(Target.tcp());
                TestClient clock = TestClient.connect()) {
            clock.identify(EVERY_OTHER_SECOND);
            for (int i = 0; i < 2; i++) {
                heartbeat(clock);
                clock.send(new Command.Nop());
            }
            quiet.write("  V2").publish(topic, "m");
        }
    }
}
