package io.sluice.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.sluice.daemon.HostAndPort;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterViewTest {
    private static final HostAndPort ONE = new HostAndPort("one", 4151);
    private static final HostAndPort TWO = new HostAndPort("two", 4151);
    private static final HostAndPort LOOKUP_A = new HostAndPort("a", 4161);
    private static final HostAndPort LOOKUP_B = new HostAndPort("b", 4161);

    private static NodeAnswer.Stats stats(String topics) {
        return Json.read(
                Buffer.buffer(
                        "{\"version\":\"1.3.0\",\"health\":\"OK\",\"start_time\":7,\"memory\":{},"
                                + "\"topics\":"
                                + topics
                                + "}"),
                NodeAnswer.Stats.class);
    }

    private static String topic(String name, long depth, boolean paused, String channels) {
        return """
               {"topic_name":"%s","depth":%d,"backend_depth":1,"message_count":10,"paused":%b,
                "message_bytes":99,"channels":%s}"""
                .formatted(name, depth, paused, channels);
    }

    private static String channel(String name, long depth, boolean paused) {
        return """
               {"channel_name":"%s","depth":%d,"backend_depth":2,"in_flight_count":3,
                "deferred_count":4,"message_count":5,"requeue_count":6,"timeout_count":7,
                "client_count":8,"clients":null,"paused":%b}"""
                .formatted(name, depth, paused);
    }

    private static LookupAnswer.Nodes nodes(String... producers) {
        String json = "{\"producers\":[" + String.join(",", producers) + "]}";
        return Json.read(Buffer.buffer(json), LookupAnswer.Nodes.class);
    }

    private static String producer(String host, int httpPort, String version) {
        return """
               {"remote_address":"10.0.0.1:5","hostname":"h-%1$s","broadcast_address":"%1$s",
                "tcp_port":4150,"http_port":%2$d,"version":"%3$s","topology_zone":"z",
                "tombstones":[false,true],"topics":["orders","old"]}"""
                .formatted(host, httpPort, version);
    }

    private static final LookupAnswer.Topics NO_TOPICS = new LookupAnswer.Topics(List.of());

    @Test
    void topicsAndChannelsAreSummedOverAllNodes() {
        ClusterView view = ClusterView.ofNodes(List.of(ONE, TWO));
        String both = "[" + channel("c", 100, true) + "," + channel("b", 1, false) + "]";
        view.nodes().get(0).answered(stats("[" + topic("orders", 20, true, both) + "]"));
        String one = "[" + channel("c", 10, false) + "]";
        view.nodes()
                .get(1)
                .answered(
                        stats(
                                "["
                                        + topic("orders", 2, false, one)
                                        + ","
                                        + topic("a", 0, false, "[]")
                                        + "]"));
        Cluster cluster = view.cluster();
        assertThat(cluster.topics())
                .containsExactly(
                        new Cluster.Topic("a", 0, 1, 10, 1, 0, List.of()),
                        new Cluster.Topic(
                                "orders",
                                22,
                                2,
                                20,
                                2,
                                1,
                                List.of(
                                        new Cluster.Channel("b", 1, 2, 3, 4, 6, 7, 5, 8, 1, 0),
                                        new Cluster.Channel(
                                                "c", 110, 4, 6, 8, 12, 14, 10, 16, 2, 1))));
        assertThat(cluster.totals()).isEqualTo(new Cluster.Totals(133, 9, 12, 30, 24));
        assertThat(cluster.problems()).isEmpty();
        assertThat(cluster.nodes())
                .extracting(Cluster.Node::address, Cluster.Node::depth, Cluster.Node::startTime)
                .containsExactly(tuple("one:4151", 121L, 7L), tuple("two:4151", 12L, 7L));
    }

    @Test
    void aNodeThatDoesNotAnswerIsShownAndSaidToBeMissing() {
        ClusterView view = ClusterView.ofNodes(List.of(ONE, TWO));
        view.nodes().get(0).answered(stats("null"));
        view.nodes().get(1).failed("does not answer within 5s");
        assertThat(view.problems())
                .containsExactly(
                        "nsqd two:4151 does not answer within 5s: what it holds is missing here.");
        assertThat(view.nothingAnswered()).isFalse();
        assertThat(view.cluster().nodes())
                .extracting(Cluster.Node::problem)
                .containsExactly(null, "does not answer within 5s");
        view.nodes().get(0).failed("is gone");
        assertThat(view.nothingAnswered()).isTrue();
    }

    @Test
    void aNodeThatTwoLookupNodesKnowIsOneNode() {
        ClusterView view = ClusterView.ofLookups(2);
        String producer = producer("one", 4151, "1.3.0");
        view.lookupAnswered(LOOKUP_A, nodes(producer), NO_TOPICS);
        view.lookupAnswered(LOOKUP_B, nodes(producer), NO_TOPICS);
        assertThat(view.nodes()).extracting(QueueNode::http).containsExactly(ONE);
        Cluster.Node node = view.cluster().nodes().get(0);
        assertThat(node.registeredAt()).isEqualTo(2);
        assertThat(node.hostname()).isEqualTo("h-one");
        assertThat(node.topics()).isEqualTo(2);
        assertThat(node.tombstonedTopics()).isEqualTo(1);
    }

    @Test
    void aLookupNodeThatDoesNotAnswerMayHideNodes() {
        ClusterView two = ClusterView.ofLookups(2);
        two.lookupFailed(LOOKUP_A, "answers with status 500");
        two.lookupAnswered(LOOKUP_B, nodes(), NO_TOPICS);
        assertThat(two.problems())
                .containsExactly(
                        "nsqlookupd a:4161 answers with status 500: an nsqd that only it knows is"
                                + " missing here.");
        assertThat(two.nothingAnswered()).isFalse();

        ClusterView one = ClusterView.ofLookups(1);
        one.lookupFailed(LOOKUP_A, "answers with status 500");
        assertThat(one.problems())
                .containsExactly(
                        "nsqlookupd a:4161 answers with status 500: no nsqd can be found.");
        assertThat(one.nothingAnswered()).isTrue();
    }

    @Test
    void aNodeWithoutHttpIsSaidOnceToBeMissing() {
        ClusterView view = ClusterView.ofLookups(2);
        view.lookupAnswered(LOOKUP_A, nodes(producer("one", -1, "1.3.0")), NO_TOPICS);
        view.lookupAnswered(LOOKUP_B, nodes(producer("one", -1, "1.3.0")), NO_TOPICS);
        assertThat(view.nodes()).isEmpty();
        assertThat(view.problems())
                .containsExactly(
                        "nsqd one (TCP port 4150) has no HTTP port, so it cannot be asked: what it"
                                + " holds is missing here.");
    }

    @Test
    void aTopicThatOnlyLookupNodesKnowIsOnNoNode() {
        ClusterView view = ClusterView.ofLookups(1);
        LookupAnswer.Topics topics = new LookupAnswer.Topics(List.of("orders", "forgotten"));
        view.lookupAnswered(LOOKUP_A, nodes(producer("one", 4151, "1.3.0")), topics);
        view.nodes().get(0).answered(stats("[" + topic("orders", 0, false, "null") + "]"));
        assertThat(view.topicNames()).containsExactly("forgotten", "orders");
        assertThat(view.cluster().topics()).extracting(Cluster.Topic::nodes).containsExactly(0, 1);
    }

    @Test
    void theListOfNodesMarksOlderVersions() {
        ClusterView view = ClusterView.ofLookups(1);
        view.lookupAnswered(
                LOOKUP_A,
                nodes(
                        producer("one", 4151, "1.2.1"),
                        producer("three", 4151, "1.3.0"),
                        producer("two", 4151, "1.3.0+sluice.0.1.0")),
                NO_TOPICS);
        assertThat(view.nodeList())
                .extracting(NodeList.Node::outOfDate)
                .containsExactly(true, false, false);
        assertThat(Json.write(view.nodeList().get(0)).toString())
                .isEqualTo(
                        "{\"remote_addresses\":[\"a:4161/10.0.0.1:5\"],"
                                + "\"remote_address\":\"10.0.0.1:5\",\"hostname\":\"h-one\","
                                + "\"broadcast_address\":\"one\",\"tcp_port\":4150,"
                                + "\"http_port\":4151,\"version\":\"1.2.1\","
                                + "\"topology_zone\":\"z\",\"topics\":["
                                + "{\"topic\":\"orders\",\"tombstoned\":false},"
                                + "{\"topic\":\"old\",\"tombstoned\":true}],\"out_of_date\":true}");
    }

    @Test
    void aGivenNodeIsListedAsItDescribesItself() {
        ClusterView view = ClusterView.ofNodes(List.of(ONE, TWO));
        QueueNode node = view.nodes().get(0);
        node.answered(new NodeAnswer.Info("1.3.0", "one.example", "h", 4151, 4150, "", ""));
        node.answered(stats("[" + topic("orders", 0, false, "[]") + "]"));
        assertThat(Json.write(view.nodeList()).toString())
                .isEqualTo(
                        "[{\"remote_addresses\":null,\"remote_address\":\"\",\"hostname\":\"h\","
                                + "\"broadcast_address\":\"one.example\",\"tcp_port\":4150,"
                                + "\"http_port\":4151,\"version\":\"1.3.0\",\"topics\":["
                                + "{\"topic\":\"orders\",\"tombstoned\":false}],"
                                + "\"out_of_date\":false}]");
    }

    @Test
    void anAnswerOfAnotherFormIsRefused() {
        for (String json : List.of("", "null", "[]", "{\"topics\":5}", "{\"topics\":[null]}")) {
            assertThatThrownBy(() -> Json.read(Buffer.buffer(json), NodeAnswer.Stats.class))
                    .as(json)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
