package io.sluice.nsqd.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.protocol.ChannelName;
import io.sluice.protocol.TopicName;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Lookup nodes that come and go while the daemon runs. */
@Execution(ExecutionMode.CONCURRENT)
@OwnDaemonOnly("needs --http-address")
class LookupChangeTest {
    private static final TopicName TOPIC = new TopicName("topic");
    private static final ChannelName CHANNEL = new ChannelName("channel");

    private static String put(OwnNsqd nsqd, String addresses) {
        return Curl.run(
                nsqd.http(), "-X PUT -d '" + addresses + "' x/config/nsqlookupd_tcp_addresses");
    }

    private static String list(FakeLookupNode node) {
        return "[\"" + node.address() + "\"]";
    }

    @Test
    void aNodeThatIsNamedLaterIsToldEverything() throws IOException {
        try (FakeLookupNode node = new FakeLookupNode();
                OwnNsqd nsqd = OwnNsqd.start();
                TestClient client = nsqd.connect()) {
            client.subscribe(TOPIC, CHANNEL, 0);
            assertThat(put(nsqd, list(node))).isEqualTo(list(node));
            node.expectIdentify();
            node.expect("REGISTER topic channel");
            client.publish(new TopicName("new"), "m");
            node.expect("REGISTER new");
        }
    }

    @Test
    void aNodeThatIsNotNamedAnyMoreIsLeftAndTheOtherStays() throws IOException {
        try (FakeLookupNode leaves = new FakeLookupNode();
                FakeLookupNode stays = new FakeLookupNode();
                OwnNsqd nsqd =
                        OwnNsqd.start(
                                "--lookupd-tcp-address=" + leaves.address(),
                                "--lookupd-tcp-address=" + stays.address());
                TestClient client = nsqd.connect()) {
            leaves.expectIdentify();
            stays.expectIdentify();
            put(nsqd, list(stays));
            leaves.expect("closed");
            client.publish(TOPIC, "m");
            // Without having introduced itself again.
            stays.expect("REGISTER topic");
            assertThat(put(nsqd, "[]")).isEqualTo("[]");
            stays.expect("closed");
            client.publish(new TopicName("other"), "m").subscribe(TOPIC, CHANNEL, 0);
        }
    }

    @Test
    void aNodeThatIsNamedTwiceIsToldOnce() throws IOException {
        try (FakeLookupNode node = new FakeLookupNode();
                OwnNsqd nsqd =
                        OwnNsqd.start(
                                "--lookupd-tcp-address=" + node.address(),
                                "--lookupd-tcp-address=" + node.address());
                TestClient client = nsqd.connect()) {
            node.expectIdentify();
            client.publish(TOPIC, "m");
            node.expect("REGISTER topic");
            client.subscribe(TOPIC, CHANNEL, 0);
            node.expect("REGISTER topic channel");
        }
    }

    @Test
    void aNewTopicAsksTheNodesThatAreNamedByThen() throws IOException {
        try (FakeLookupNode node = new FakeLookupNode();
                OwnNsqd nsqd = OwnNsqd.start();
                TestClient client = nsqd.connect()) {
            node.knowing(topic -> "{\"channels\":[\"elsewhere\"]}");
            put(nsqd, list(node));
            node.expectIdentify();
            // Told in order: when it knows of this topic, the daemon knows its HTTP address.
            client.publish(new TopicName("first"), "m");
            node.expect("REGISTER first");
            client.publish(TOPIC, "m");
            node.skipTo("REGISTER topic elsewhere");
        }
    }

    @Test
    void whatIsDeletedWhileANodeIsAwayStaysDeleted() throws IOException {
        try (FakeLookupNode node = new FakeLookupNode();
                OwnNsqd nsqd = OwnNsqd.start("--lookupd-tcp-address=" + node.address());
                TestClient client = nsqd.connect()) {
            node.expectIdentify();
            client.publish(TOPIC, "m");
            node.expect("REGISTER topic");
            put(nsqd, "[]");
            node.expect("closed");
            Curl.run(nsqd.http(), "-X POST 'x/topic/delete?topic=topic'");
            client.publish(new TopicName("kept"), "m");
            put(nsqd, list(node));
            node.expectIdentify();
            node.expect("REGISTER kept");
        }
    }

    @Test
    void anIpv6AddressIsAnnouncedAsItIs() throws IOException {
        try (FakeLookupNode node = new FakeLookupNode();
                OwnNsqd nsqd =
                        OwnNsqd.start(
                                "--broadcast-address=2001:db8::1",
                                "--lookupd-tcp-address=" + node.address())) {
            assertThat(node.expectIdentify()).contains("\"broadcast_address\":\"2001:db8::1\"");
            assertThat(Curl.get(nsqd.http(), "/config/statsd_prefix"))
                    .startsWith("nsq.2001_db8__1_");
        }
    }
}
