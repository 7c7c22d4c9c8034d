package io.sluice.nsqd.core;

import static io.sluice.nsqd.core.TestBroker.CHANNEL;
import static io.sluice.nsqd.core.TestBroker.MS;
import static io.sluice.nsqd.core.TestBroker.MSG_TIMEOUT_MS;
import static io.sluice.nsqd.core.TestBroker.OTHER;
import static io.sluice.nsqd.core.TestBroker.START;
import static io.sluice.nsqd.core.TestBroker.TOPIC;
import static io.sluice.nsqd.core.TestBroker.body;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.protocol.Bytes;
import io.sluice.protocol.Command;
import io.sluice.protocol.Frame;
import io.sluice.protocol.MessageId;
import io.sluice.protocol.TopicName;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SessionTest {
    private static final MessageId UNKNOWN = MessageId.of("0123456789abcdef");

    private final TestBroker broker = new TestBroker();

    @Test
    void commandsHaveTheAnswersThatNsqGives() throws Refused {
        TestClient client = broker.connect();
        List<Bytes> bodies = List.of(body("b"), body("c"));
        assertThat(client.execute(new Command.Pub(TOPIC, body("a")), START)).isEqualTo(Frame.OK);
        assertThat(client.execute(new Command.Mpub(TOPIC, bodies), START)).isEqualTo(Frame.OK);
        assertThat(client.execute(new Command.Dpub(TOPIC, 100, body("d")), START))
                .isEqualTo(Frame.OK);
        assertThat(client.execute(new Command.Sub(TOPIC, CHANNEL), START)).isEqualTo(Frame.OK);
        assertThat(client.execute(new Command.Rdy(3), START)).isNull();
        assertThat(client.bodies()).containsExactly("a", "b", "c");
        assertThat(broker.channel().deferredCount()).isEqualTo(1);
        assertThat(client.execute(new Command.Touch(client.id("a")), START)).isNull();
        assertThat(client.execute(new Command.Fin(client.id("a")), START)).isNull();
        assertThat(client.execute(new Command.Req(client.id("b"), 5), START)).isNull();
        assertThat(client.execute(new Command.Cls(), START)).isEqualTo(Frame.CLOSE_WAIT);
    }

    @Test
    void whatIsNotForASessionIsABug() {
        TestClient client = broker.connect();
        List<Command> others =
                List.of(
                        new Command.Identify(Bytes.EMPTY),
                        new Command.Auth(Bytes.EMPTY),
                        new Command.Nop());
        for (Command other : others) {
            assertThatThrownBy(() -> client.execute(other, START))
                    .isInstanceOf(AssertionError.class);
        }
    }

    @Test
    void aRefusedPublishNamesTheCommandAndTheReason() throws Refused {
        TestBroker none = new TestBroker(0);
        none.broker.createTopic(TOPIC);
        none.log().refusal = "disk full";
        TestClient client = none.connect();
        List<Bytes> two = List.of(body("a"), body("b"));
        assertThat(client.error(new Command.Pub(TOPIC, body("a")), START))
                .isEqualTo("E_PUB_FAILED PUB failed disk full");
        assertThat(client.error(new Command.Mpub(TOPIC, two), START))
                .isEqualTo("E_MPUB_FAILED MPUB failed disk full");
        assertThat(client.error(new Command.Dpub(TOPIC, 5, body("a")), START))
                .isEqualTo("E_DPUB_FAILED DPUB failed disk full");
        assertThat(none.broker.publishers()).isEmpty();
    }

    @Test
    void anIdThatIsNotInFlightFailsNonFatally() throws Refused {
        TestClient client = broker.consumer(CHANNEL, 1);
        TestClient elsewhere = broker.consumer(OTHER, 1);
        broker.publish("a");
        client.fin("a", START);
        for (MessageId id : List.of(UNKNOWN, elsewhere.id("a"))) {
            assertThat(client.error(new Command.Fin(id), START))
                    .isEqualTo("E_FIN_FAILED FIN " + id + " failed ID not in flight");
            assertThat(client.error(new Command.Req(id, 0), START))
                    .isEqualTo("E_REQ_FAILED REQ " + id + " failed ID not in flight");
            assertThat(client.error(new Command.Touch(id), START))
                    .isEqualTo("E_TOUCH_FAILED TOUCH " + id + " failed ID not in flight");
        }
        assertThat(broker.channel().clients().get(0).finishCount()).isEqualTo(1);
    }

    @Test
    void aMessageOfAnotherConsumerFailsNonFatallyAndStaysWhereItIs() throws Refused {
        TestClient owner = broker.consumer(CHANNEL, 1);
        TestClient thief = broker.consumer(CHANNEL, 0);
        broker.publish("a");
        MessageId id = owner.id("a");
        assertThat(thief.error(new Command.Fin(id), START))
                .isEqualTo("E_FIN_FAILED FIN " + id + " failed client does not own message");
        assertThat(thief.error(new Command.Req(id, 0), START))
                .isEqualTo("E_REQ_FAILED REQ " + id + " failed client does not own message");
        assertThat(thief.error(new Command.Touch(id), START + MS))
                .isEqualTo("E_TOUCH_FAILED TOUCH " + id + " failed client does not own message");
        assertThat(broker.channel().inFlightCount()).isEqualTo(1);
        assertThat(broker.channel().requeueCount()).isZero();
        assertThat(broker.broker.tick(START)).isEqualTo(START + MSG_TIMEOUT_MS * MS);
    }

    @Test
    void aDeferredMessageIsNotInFlight() throws Refused {
        TestClient client = broker.consumer(CHANNEL, 1);
        broker.publish("a");
        client.req("a", 100, START);
        assertThat(client.error(new Command.Fin(client.id("a")), START))
                .endsWith(" failed ID not in flight");
    }

    @Test
    void aClosingConsumerAnswersForWhatItHasAndGetsNoMore() throws Refused {
        TestClient client = broker.consumer(CHANNEL, 3);
        broker.publish("a", "b", "c", "d");
        client.execute(new Command.Cls(), START);
        client.rdy(10, START);
        client.touch("a", START);
        client.fin("a", START);
        client.req("b", 0, START);
        broker.broker.tick(START + MSG_TIMEOUT_MS * MS);
        assertThat(client.bodies()).containsExactly("a", "b", "c");
        ClientStats stats = broker.channel().clients().get(0);
        assertThat(stats.state()).isEqualTo(ClientStats.CLOSING);
        assertThat(stats.readyCount()).isZero();
        assertThat(broker.channel().depth()).isEqualTo(3);
        assertThat(client.execute(new Command.Pub(TOPIC, body("e")), START)).isEqualTo(Frame.OK);
    }

    @Test
    void statsOfAConsumer() throws Refused {
        TestClient client = broker.consumer(CHANNEL, 3);
        broker.publish("a", "b", "c", "d");
        client.fin("a", START);
        client.req("b", 100, START);
        client.execute(new Command.Pub(TOPIC, body("e")), START);
        assertThat(broker.channel().clients())
                .containsExactly(
                        new ClientStats(
                                client.session.settings(),
                                ClientStats.SUBSCRIBED,
                                3,
                                3,
                                5,
                                1,
                                1,
                                Map.of(TOPIC, 1L)));
        assertThat(broker.broker.publishers()).isEqualTo(broker.channel().clients());
    }

    @Test
    void statsOfAPublisher() {
        TestClient client = broker.connect();
        TopicName second = new TopicName("u");
        client.execute(new Command.Pub(TOPIC, body("a")), START);
        client.execute(new Command.Mpub(TOPIC, List.of(body("b"), body("c"))), START);
        client.execute(new Command.Dpub(second, 5, body("d")), START);
        ClientStats stats = broker.broker.publishers().get(0);
        assertThat(stats.state()).isEqualTo(ClientStats.INIT);
        assertThat(stats.publishCounts()).containsOnly(Map.entry(TOPIC, 3L), Map.entry(second, 1L));
    }

    @Test
    void whoIdentifiesAgainIsWhoItSaysNow() {
        TestClient client = broker.connect();
        client.session.identified(TestBroker.client(1, 5000));
        client.execute(new Command.Pub(TOPIC, body("a")), START);
        assertThat(broker.broker.publishers().get(0).settings().msgTimeoutMs()).isEqualTo(5000);
        client.sub(TOPIC, CHANNEL, START).rdy(1, START);
        assertThat(broker.broker.tick(START)).isEqualTo(START + 5000 * MS);
    }

    @Test
    void whatIsSentAfterTheChannelIsGoneDoesNoHarm() throws Refused {
        TestClient client = broker.consumer(CHANNEL, 1);
        broker.publish("a");
        broker.broker.deleteTopic(TOPIC);
        client.rdy(5, START);
        client.session.wake(START);
        assertThat(client.error(new Command.Req(client.id("a"), 0), START))
                .endsWith(" failed ID not in flight");
        assertThat(client.execute(new Command.Cls(), START)).isEqualTo(Frame.CLOSE_WAIT);
        client.session.close(START);
        assertThat(client.execute(new Command.Pub(TOPIC, body("b")), START)).isEqualTo(Frame.OK);
        assertThat(broker.topic(TOPIC).channels()).isEmpty();
        assertThat(broker.topic(TOPIC).depth()).isEqualTo(1);
    }
}
