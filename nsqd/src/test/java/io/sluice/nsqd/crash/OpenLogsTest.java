package io.sluice.nsqd.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.nsqd.blackbox.TestClient;
import io.sluice.protocol.Bytes;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.Command;
import io.sluice.protocol.Message;
import io.sluice.protocol.TopicName;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** More topics in use than may have their logs open: each is closed and opened all the time. */
@Tag("crash")
class OpenLogsTest {
    private static final String[] FLAGS = {
        "--mem-queue-size=0", "--durability=os", "--max-open-logs=1"
    };
    private static final int MESSAGES = 100;
    private static final int FINISHED = 40;
    private static final ChannelName CHANNEL = new ChannelName("c");

    @RegisterExtension final Home home = new Home();

    private final List<TopicName> topics =
            IntStream.range(0, 20).mapToObj(i -> new TopicName("topic" + i)).toList();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nothingIsLost(boolean properly) {
        NsqdProcess nsqd = home.start(FLAGS);
        for (TopicName topic : topics) {
            nsqd.api().createTopic(topic);
            nsqd.api().createChannel(topic, CHANNEL);
        }
        publish(nsqd);
        finishSome(nsqd);
        if (properly) nsqd.stop();
        else nsqd.kill();

        NsqdProcess next = home.start(FLAGS);
        List<String> expected =
                IntStream.range(FINISHED, MESSAGES).mapToObj(OpenLogsTest::body).toList();
        int again = 0;
        for (TopicName topic : topics) {
            List<String> came = Drain.bodies(Drain.all(next, topic, CHANNEL));
            assertThat(came).as("messages of %s", topic).containsAll(expected);
            again += came.size() - expected.size();
        }
        System.out.printf(
                "%s with one open log for %d topics: %d of %d finished came again%n",
                properly ? "stop" : "kill", topics.size(), again, topics.size() * FINISHED);
        if (properly) assertThat(again).isZero();
    }

    private static String body(int number) {
        return "message " + number;
    }

    /** One message to each topic, and again. */
    private void publish(NsqdProcess nsqd) {
        try (TestClient client = nsqd.connect()) {
            for (int i = 0; i < MESSAGES; i++) {
                for (TopicName topic : topics) {
                    client.send(new Command.Pub(topic, Bytes.utf8(body(i))));
                }
                for (int j = 0; j < topics.size(); j++) client.expectOk();
            }
        }
    }

    /** One message of each topic, and again. */
    private void finishSome(NsqdProcess nsqd) {
        List<TestClient> clients = topics.stream().map(topic -> nsqd.connect()).toList();
        for (int i = 0; i < topics.size(); i++) clients.get(i).subscribe(topics.get(i), CHANNEL, 1);
        for (int i = 0; i < FINISHED; i++) {
            for (TestClient client : clients) {
                Message message = client.message();
                if (i == FINISHED - 1) client.send(new Command.Rdy(0));
                client.finish(message);
            }
        }
        clients.forEach(TestClient::expectQuiet);
        clients.forEach(TestClient::close);
    }
}
