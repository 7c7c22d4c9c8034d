package io.sluice.nsqd.core;

import static io.sluice.nsqd.core.TestBroker.CHANNEL;
import static io.sluice.nsqd.core.TestBroker.START;
import static io.sluice.nsqd.core.TestBroker.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TopologyTest {
    private static final Topology HERE = new Topology(true, "north", "n1");

    private static TestClient consumer(TestBroker broker, String region, String zone, int ready) {
        return broker.connect(region, zone).sub(TOPIC, CHANNEL, START).rdy(ready, START);
    }

    @Test
    void theNearestIsServedFirstAndThoseFartherAwayWhenItIsFull() throws Refused {
        TestBroker broker = new TestBroker(TestBroker.settings(HERE));
        TestClient far = consumer(broker, "south", "s1", 2);
        TestClient near = consumer(broker, "north", "n2", 2);
        TestClient nearest = consumer(broker, "north", "n1", 1);
        broker.publish("a", "b", "c", "d", "e", "f");
        assertThat(nearest.bodies()).containsExactly("a");
        assertThat(near.bodies()).containsExactly("b", "c");
        assertThat(far.bodies()).containsExactly("d", "e");
        nearest.fin("a", START);
        assertThat(nearest.bodies()).containsExactly("a", "f");
        assertThat(broker.channel().deliveries()).isEqualTo(new DeliveryCounts(2, 2, 2));
    }

    @Test
    void amongEquallyNearOnesTheyTakeTurns() throws Refused {
        TestBroker broker = new TestBroker(TestBroker.settings(HERE));
        TestClient one = consumer(broker, "north", "n1", 5);
        TestClient two = consumer(broker, "north", "n1", 5);
        broker.publish("a", "b", "c", "d");
        assertThat(one.bodies()).containsExactly("a", "c");
        assertThat(two.bodies()).containsExactly("b", "d");
    }

    @Test
    void whereNobodyIsPreferredAllTakeTurnsAndCountAsFar() throws Refused {
        TestBroker broker = new TestBroker(TestBroker.settings(new Topology(false, "north", "n1")));
        TestClient far = consumer(broker, "south", "s1", 5);
        TestClient nearest = consumer(broker, "north", "n1", 5);
        broker.publish("a", "b");
        assertThat(far.bodies()).containsExactly("a");
        assertThat(nearest.bodies()).containsExactly("b");
        assertThat(broker.channel().deliveries()).isEqualTo(new DeliveryCounts(0, 0, 2));
    }

    @Test
    void nowhereIsNotNearNowhere() throws Refused {
        TestBroker broker = new TestBroker(TestBroker.settings(new Topology(true, "", "")));
        consumer(broker, "", "", 5);
        broker.publish("a");
        assertThat(broker.channel().deliveries()).isEqualTo(new DeliveryCounts(0, 0, 1));
    }

    @Test
    void whoLeavesIsNotServed() throws Refused {
        TestBroker broker = new TestBroker(TestBroker.settings(HERE));
        TestClient far = consumer(broker, "south", "s1", 5);
        TestClient nearest = consumer(broker, "north", "n1", 5);
        nearest.session.close(START);
        broker.publish("a");
        assertThat(far.bodies()).containsExactly("a");
    }
}
