package io.sluice.lookupd.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.ChannelName;
import io.sluice.protocol.TopicName;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RegistryTest {
    private static final long INACTIVE_NS = 300;
    private static final long TOMBSTONE_NS = 45;
    private static final TopicName T1 = new TopicName("t1");
    private static final TopicName T2 = new TopicName("t2");
    private static final TopicName FLEETING = new TopicName("te#ephemeral");
    private static final ChannelName C1 = new ChannelName("c1");
    private static final ChannelName C2 = new ChannelName("c2");
    private static final ChannelName TAIL = new ChannelName("tail#ephemeral");

    private final Registry registry = new Registry(INACTIVE_NS, TOMBSTONE_NS);
    private final Producer a = producer("10.0.0.1", 0);
    private final Producer b = producer("10.0.0.2", 0);

    private Producer producer(String address, long nowNs) {
        Identity identity =
                new Identity(
                        address, "h-" + address, new Identity.Ports(4150, 4151), "1.3.0", "", "");
        Producer producer = new Producer(address + ":50000", identity, nowNs);
        registry.add(producer);
        return producer;
    }

    @Test
    void aRegisteredTopicIsFoundAtItsProducers() {
        registry.register(a, T1, null);
        registry.register(b, T1, C1);
        assertThat(registry.lookup(T1, 0)).containsExactly(a, b);
        assertThat(registry.channels(T1)).containsExactly(C1);
        assertThat(registry.producers(T1, C1)).containsExactly(b);
        assertThat(registry.topics()).containsExactly(T1);
        assertThat(topics(a)).containsExactly(T1);
    }

    @Test
    void registeringTwiceIsRegisteringOnce() {
        registry.register(a, T1, C1);
        registry.register(a, T1, C1);
        registry.register(a, T1, null);
        assertThat(registry.lookup(T1, 0)).containsExactly(a);
        assertThat(registry.producers(T1, C1)).containsExactly(a);
        assertThat(a.registrations()).hasSize(1);
    }

    @Test
    void anUnregisteredChannelStaysKnownUnlessItIsEphemeral() {
        registry.register(a, T1, C1);
        registry.register(a, T1, TAIL);
        registry.register(b, T1, TAIL);
        registry.unregister(a, T1, C1);
        registry.unregister(a, T1, TAIL);
        assertThat(registry.channels(T1)).containsExactly(C1, TAIL);
        assertThat(registry.producers(T1, C1)).isEmpty();
        registry.unregister(b, T1, TAIL);
        assertThat(registry.channels(T1)).containsExactly(C1);
        assertThat(registry.lookup(T1, 0)).as("the topic is another matter").containsExactly(a, b);
    }

    @Test
    void anUnregisteredTopicStaysKnownUnlessItIsEphemeral() {
        registry.register(a, T1, C1);
        registry.register(a, FLEETING, C1);
        registry.register(b, FLEETING, C1);
        registry.unregister(a, T1, null);
        registry.unregister(a, FLEETING, null);
        assertThat(registry.topics()).containsExactly(T1, FLEETING);
        assertThat(registry.producers(T1, C1)).isEmpty();
        assertThat(registry.channels(T1)).containsExactly(C1);
        assertThat(registry.producers(FLEETING, C1)).containsExactly(b);
        registry.unregister(b, FLEETING, null);
        assertThat(registry.knows(FLEETING)).isFalse();
        assertThat(registry.channels(FLEETING)).isEmpty();
        assertThat(a.registrations()).isEmpty();
    }

    @Test
    void whatIsUnknownCanBeUnregistered() {
        registry.unregister(a, T1, null);
        registry.unregister(a, T1, C1);
        registry.register(b, T1, C1);
        registry.unregister(a, T1, C1);
        registry.unregister(a, T1, null);
        registry.unregister(b, T1, C2);
        assertThat(registry.producers(T1, C1)).containsExactly(b);
        assertThat(registry.lookup(T1, 0)).containsExactly(b);
    }

    @Test
    void theEndOfAConnectionLeavesNamesOnly() {
        registry.register(a, T1, C1);
        registry.register(a, FLEETING, TAIL);
        registry.register(b, T1, null);
        registry.remove(a);
        assertThat(registry.topics()).containsExactly(T1, FLEETING);
        assertThat(registry.channels(T1)).containsExactly(C1);
        assertThat(registry.channels(FLEETING)).containsExactly(TAIL);
        assertThat(registry.producers(T1, C1)).isEmpty();
        assertThat(registry.lookup(T1, 0)).containsExactly(b);
        assertThat(registry.nodes(0)).containsExactly(b);
    }

    @Test
    void aHundredReconnectsLeaveNoWrongEntry() {
        Producer last = a;
        registry.register(last, T1, C1);
        for (int i = 0; i < 100; i++) {
            // The new connection may come before the old one is known to be gone.
            Producer next = producer("10.0.0.1", i);
            registry.register(next, T1, C1);
            registry.register(next, T2, null);
            registry.remove(last);
            last = next;
        }
        assertThat(registry.producers()).containsExactly(b, last);
        assertThat(registry.lookup(T1, 99)).containsExactly(last);
        assertThat(registry.lookup(T2, 99)).containsExactly(last);
        assertThat(registry.producers(T1, C1)).containsExactly(last);
        registry.remove(last);
        assertThat(registry.registrations(T1)).isEmpty();
        assertThat(registry.producers(T1, C1)).isEmpty();
    }

    @Test
    void theSameAddressTwiceIsTwoProducers() {
        Producer twin = producer("10.0.0.1", 0);
        registry.register(a, T1, null);
        registry.register(twin, T1, null);
        assertThat(registry.lookup(T1, 0)).containsExactly(a, twin);
        registry.remove(twin);
        assertThat(registry.lookup(T1, 0)).containsExactly(a);
    }

    @Test
    void aSilentProducerIsHiddenUntilItPings() {
        registry.register(a, T1, null);
        assertThat(registry.lookup(T1, INACTIVE_NS)).containsExactly(a);
        assertThat(registry.lookup(T1, INACTIVE_NS + 1)).isEmpty();
        assertThat(registry.nodes(INACTIVE_NS + 1)).isEmpty();
        registry.register(a, T1, C1);
        assertThat(registry.lookup(T1, INACTIVE_NS + 1))
                .as("registering is no sign of life")
                .isEmpty();
        a.ping(INACTIVE_NS + 1);
        assertThat(registry.lookup(T1, 2 * INACTIVE_NS + 1)).containsExactly(a);
        assertThat(registry.nodes(2 * INACTIVE_NS + 1)).containsExactly(a);
    }

    @Test
    void aTombstoneHidesOneTopicOfOneNodeForAWhile() {
        registry.register(a, T1, null);
        registry.register(a, T2, null);
        registry.register(b, T1, null);
        registry.tombstone(T1, "10.0.0.1:4151", 5);
        assertThat(registry.lookup(T1, 5 + TOMBSTONE_NS - 1)).containsExactly(b);
        assertThat(registry.lookup(T2, 5)).containsExactly(a);
        assertThat(registry.nodes(5)).containsExactly(a, b);
        assertThat(hidden(a, 5)).containsExactly(true, false);
        assertThat(registry.lookup(T1, 5 + TOMBSTONE_NS)).containsExactly(a, b);
        assertThat(hidden(a, 5 + TOMBSTONE_NS)).containsExactly(false, false);
    }

    @Test
    void aTombstoneForNobodyHidesNobody() {
        registry.register(a, T1, null);
        registry.tombstone(T1, "10.0.0.1:4150", 0);
        registry.tombstone(T2, "10.0.0.1:4151", 0);
        assertThat(registry.lookup(T1, 0)).containsExactly(a);
        assertThat(registry.knows(T2)).isFalse();
    }

    @Test
    void onlyUnregisteringTakesATombstoneAway() {
        registry.register(a, T1, null);
        registry.tombstone(T1, "10.0.0.1:4151", 0);
        registry.register(a, T1, null);
        registry.register(a, T1, C1);
        assertThat(registry.lookup(T1, 1)).isEmpty();
        registry.unregister(a, T1, null);
        registry.register(a, T1, null);
        assertThat(registry.lookup(T1, 1)).containsExactly(a);
    }

    @Test
    void aDeletedTopicIsGoneUntilItIsRegisteredAgain() {
        registry.register(a, T1, C1);
        registry.delete(T1);
        registry.delete(T2);
        assertThat(registry.topics()).isEmpty();
        assertThat(registry.channels(T1)).isEmpty();
        assertThat(a.registrations()).isEmpty();
        assertThat(registry.nodes(0)).containsExactly(a, b);
        registry.register(a, T1, null);
        assertThat(registry.lookup(T1, 0)).containsExactly(a);
    }

    @Test
    void aDeletedChannelIsGone() {
        registry.register(a, T1, C1);
        assertThat(registry.delete(T1, C1)).isTrue();
        assertThat(registry.delete(T1, C1)).isFalse();
        assertThat(registry.delete(T2, C1)).isFalse();
        assertThat(registry.channels(T1)).isEmpty();
        assertThat(registry.lookup(T1, 0)).containsExactly(a);
        registry.unregister(a, T1, C1);
        registry.remove(a);
        assertThat(registry.lookup(T1, 0)).isEmpty();
    }

    @Test
    void createdNamesAreKnownWithoutProducers() {
        registry.create(T1);
        registry.create(T2, C1);
        registry.create(T2, C1);
        assertThat(registry.topics()).containsExactly(T1, T2);
        assertThat(registry.channels(T2)).containsExactly(C1);
        assertThat(registry.lookup(T2, 0)).isEmpty();
    }

    /** Both directions of the index say the same, whatever is done in whatever order. */
    @Test
    void topicsAndProducersAlwaysAgree() {
        long seed = Long.getLong("seed", 20261120L);
        Random random = new Random(seed);
        List<Producer> live = new ArrayList<>(List.of(a, b));
        for (int step = 0; step < 3_000; step++) {
            TopicName topic = List.of(T1, T2, FLEETING).get(random.nextInt(3));
            ChannelName channel = List.of(C1, C2, TAIL).get(random.nextInt(3));
            Producer producer = live.get(random.nextInt(live.size()));
            switch (random.nextInt(9)) {
                case 0 -> live.add(producer("10.0.0.3", step));
                case 1 -> {
                    if (live.size() > 1) {
                        live.remove(producer);
                        registry.remove(producer);
                    }
                }
                case 2 -> registry.register(producer, topic, null);
                case 3, 4 -> registry.register(producer, topic, channel);
                case 5 -> registry.unregister(producer, topic, channel);
                case 6 -> registry.unregister(producer, topic, null);
                case 7 -> registry.delete(topic, channel);
                default -> registry.delete(topic);
            }
            assertConsistent(live, "seed " + seed + ", step " + step);
        }
    }

    private void assertConsistent(List<Producer> live, String where) {
        assertThat(registry.producers()).as(where).containsExactlyInAnyOrderElementsOf(live);
        for (TopicName topic : registry.topics()) {
            for (Registration registration : registry.registrations(topic)) {
                assertThat(live).as(where).contains(registration.producer());
                assertThat(registration.producer().registrations())
                        .as(where)
                        .contains(registration);
            }
            for (ChannelName channel : registry.channels(topic)) {
                for (Producer producer : registry.producers(topic, channel)) {
                    assertThat(live).as(where).contains(producer);
                    assertThat(producer.registration(topic).channels()).as(where).contains(channel);
                }
            }
        }
        for (Producer producer : live) {
            for (Registration registration : producer.registrations()) {
                TopicName topic = registration.topic();
                assertThat(registry.registrations(topic)).as(where).contains(registration);
                for (ChannelName channel : registration.channels()) {
                    assertThat(registry.producers(topic, channel)).as(where).contains(producer);
                }
            }
        }
    }

    private static List<TopicName> topics(Producer producer) {
        return producer.registrations().stream().map(Registration::topic).toList();
    }

    private List<Boolean> hidden(Producer producer, long nowNs) {
        return producer.registrations().stream().map(r -> registry.isHidden(r, nowNs)).toList();
    }
}
