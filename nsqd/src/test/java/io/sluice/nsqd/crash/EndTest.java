package io.sluice.nsqd.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sluice.nsqd.blackbox.TestClient;
import io.sluice.protocol.Bytes;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.Command;
import io.sluice.protocol.CommandEncoder;
import io.sluice.protocol.Frame;
import io.sluice.protocol.TopicName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Signals that end a daemon: it stores what it has, and ends with 0, whatever its clients do. */
@EnabledOnOs(OS.LINUX)
class EndTest {
    private static final TopicName TOPIC = new TopicName("t");
    private static final ChannelName CHANNEL = new ChannelName("c");
    private static final int MESSAGES = 100;
    private static final int SIGINT = 2;

    @RegisterExtension final Home home = new Home();

    private NsqdProcess startAndPublish(int bytesPerMessage) {
        NsqdProcess nsqd = home.start();
        nsqd.api().createTopic(TOPIC);
        nsqd.api().createChannel(TOPIC, CHANNEL);
        Bytes body = Bytes.wrap(new byte[bytesPerMessage]);
        try (TestClient client = nsqd.connect()) {
            client.publishAll(TOPIC, Collections.nCopies(MESSAGES, body));
        }
        return nsqd;
    }

    private void expectAllAfterEndOf(NsqdProcess nsqd) {
        assertThat(nsqd.exitCode()).as(nsqd.output()).isZero();
        assertThat(Drain.all(home.start(), TOPIC, CHANNEL)).hasSize(MESSAGES);
    }

    @Test
    void anInterruptIsAStop() throws IOException {
        NsqdProcess nsqd = startAndPublish(1);
        assumeThat(ignores(nsqd, SIGINT))
                .as("whoever runs this ignores SIGINT, and so does all that he starts")
                .isFalse();
        nsqd.interrupt();
        expectAllAfterEndOf(nsqd);
    }

    /** As {@code &} in a shell script does. */
    private static boolean ignores(NsqdProcess nsqd, int signal) throws IOException {
        Path status = Path.of("/proc", Long.toString(nsqd.pid()), "status");
        List<String> lines = Files.readAllLines(status);
        String mask = lines.stream().filter(line -> line.startsWith("SigIgn:")).findFirst().get();
        return (Long.parseUnsignedLong(mask.split("\\s+")[1], 16) >> signal - 1 & 1) == 1;
    }

    @Test
    void aSecondSignalChangesNothing() {
        NsqdProcess nsqd = startAndPublish(1);
        nsqd.terminate();
        nsqd.terminate();
        expectAllAfterEndOf(nsqd);
    }

    @Test
    void aConsumerThatDoesNotReadHoldsNothingUp() {
        NsqdProcess nsqd = startAndPublish(40_000);
        try (TestClient hanging = TestClient.connectSilently(nsqd.tcp(), 1_024).write("  V2")) {
            hanging.send(new Command.Sub(TOPIC, CHANNEL), new Command.Rdy(MESSAGES));
            Await.that(
                    () -> "in flight: " + nsqd.api().topic(TOPIC),
                    () -> nsqd.api().channel(TOPIC, CHANNEL).path("in_flight_count").asInt() > 0);
            nsqd.terminate();
            expectAllAfterEndOf(nsqd);
        }
    }

    @Test
    void publishersThatGoOnHoldNothingUp() {
        NsqdProcess nsqd = startAndPublish(1);
        int acknowledged = 0;
        try (TestClient publisher = nsqd.connect()) {
            nsqd.terminate();
            Command.Pub one = new Command.Pub(TOPIC, Bytes.utf8("m"));
            byte[] bytes = CommandEncoder.encode(one).array();
            while (publisher.writeUnlessClosed(bytes)) {
                if (!Frame.OK.equals(publisher.readUnlessClosed())) break;
                acknowledged++;
            }
        }
        assertThat(nsqd.exitCode()).as(nsqd.output()).isZero();
        assertThat(Drain.all(home.start(), TOPIC, CHANNEL).size())
                .isBetween(MESSAGES + acknowledged, MESSAGES + acknowledged + 1);
    }
}
