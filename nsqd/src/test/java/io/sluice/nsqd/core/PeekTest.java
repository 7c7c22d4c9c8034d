package io.sluice.nsqd.core;

import static io.sluice.nsqd.core.TestBroker.CHANNEL;
import static io.sluice.nsqd.core.TestBroker.MS;
import static io.sluice.nsqd.core.TestBroker.START;
import static io.sluice.nsqd.core.TestBroker.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sluice.nsqd.core.PeekedMessage.State;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A look at what a channel has; small has room for two messages. */
class PeekTest {
    private final TestBroker small = new TestBroker(2);

    private List<PeekedMessage> peek(int count) {
        List<List<PeekedMessage>> peeked = new ArrayList<>();
        small.broker.peek(TOPIC, CHANNEL, count, peeked::add);
        small.answer(START);
        assertThat(peeked).as("told once").hasSize(1);
        return peeked.get(0);
    }

    private List<String> bodies(int count) {
        return peek(count).stream().map(message -> message.body().utf8()).toList();
    }

    @Test
    void whatWaitsComesInTheOrderInWhichItWillGoOutWhereverItIs() throws Refused {
        small.consumer(CHANNEL, 0);
        small.publish("a", "b", "c", "d", "e");

        assertThat(bodies(10)).containsExactly("a", "b", "c", "d", "e");
        assertThat(bodies(4)).containsExactly("a", "b", "c", "d");
        assertThat(bodies(1)).containsExactly("a");
    }

    @Test
    void thenWhatIsInFlightAndWhatIsDeferred() throws Refused {
        TestClient consumer = small.consumer(CHANNEL, 1);
        small.publish("flies");
        small.publish("waits");
        small.publishDeferred("later", 20, START);
        small.publishDeferred("soon", 10, START);

        List<PeekedMessage> all = peek(10);

        assertThat(all)
                .extracting(m -> m.body().utf8(), PeekedMessage::state, PeekedMessage::attempts)
                .containsExactly(
                        tuple("waits", State.QUEUED, 0),
                        tuple("flies", State.IN_FLIGHT, 1),
                        tuple("soon", State.DEFERRED, 0),
                        tuple("later", State.DEFERRED, 0));
        assertThat(all.get(2).dueNs()).isEqualTo(START + 10 * MS);
        assertThat(all.get(1).dueNs()).isGreaterThan(START);
        assertThat(bodies(2)).containsExactly("waits", "flies");
        assertThat(consumer.bodies()).containsExactly("flies");
    }

    @Test
    void itLeavesEverythingAsItIs() throws Refused {
        TestClient consumer = small.consumer(CHANNEL, 0);
        small.publish("a", "b", "c", "d", "e");
        ChannelStats before = small.channel();
        long end = small.log().end();

        peek(10);

        assertThat(small.channel()).isEqualTo(before);
        assertThat(small.log().end()).isEqualTo(end);
        consumer.rdy(10, START);
        small.answer(START);
        assertThat(consumer.bodies()).containsExactly("a", "b", "c", "d", "e");
    }

    @Test
    void anEmptyChannelShowsNothing() {
        small.consumer(CHANNEL, 0);

        assertThat(bodies(10)).isEmpty();
    }
}
