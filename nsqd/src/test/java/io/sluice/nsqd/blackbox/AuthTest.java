package io.sluice.nsqd.blackbox;

import static io.sluice.nsqd.blackbox.FakeAuthServer.authorization;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.protocol.Bytes;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.Command;
import io.sluice.protocol.Frame;
import io.sluice.protocol.TopicName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients may do is what auth servers say. */
@OwnDaemonOnly("needs --auth-http-address")
class AuthTest {
    private static final String ALL = authorization(".*", ".*", "subscribe\",\"publish");
    private static final String DONE =
            "{\"identity\":\"me\",\"identity_url\":\"http://x\",\"permission_count\":1}";
    private static final String PATIENT = "--http-client-request-timeout=1m";
    private static final Command AUTH = new Command.Auth(Bytes.utf8("s e&c=é"));

    private static FakeAuthServer server;
    private static OwnNsqd nsqd;

    private final TopicName topic = Target.newTopic();

    @BeforeAll
    static void start() throws IOException {
        server = new FakeAuthServer();
        nsqd = OwnNsqd.start(PATIENT, server.flag());
    }

    @AfterAll
    static void stop() {
        nsqd.close();
        server.close();
    }

    @BeforeEach
    void grantAll() {
        server.grants(ALL);
        while (server.requests() > 0) server.nextRequest();
    }

    private static TestClient authed() {
        return nsqd.connect().send(AUTH).expect(DONE);
    }

    @Test
    void whoHasShownASecretMayDoWhatWasGrantedAndIsShownInStatistics() {
        try (TestClient client = nsqd.connect()) {
            assertThat(
                            Layered.negotiate(client, "\"client_id\":\"a\"")
                                    .get("auth_required")
                                    .asBoolean())
                    .isTrue();
            client.send(AUTH).expect(DONE);
            client.publish(topic, "a", "b").publishAll(topic, List.of(Bytes.utf8("c")));
            client.send(new Command.Dpub(topic, 0, Bytes.utf8("d"))).expectOk();
            client.subscribe(topic, Target.CHANNEL, 1).message("a");
            JsonNode shown = Http.channel(nsqd.http(), topic).at("/clients/0");
            assertThat(shown.get("authed").booleanValue()).isTrue();
            assertThat(shown.get("auth_identity").textValue()).isEqualTo("me");
            assertThat(shown.get("auth_identity_url").textValue()).isEqualTo("http://x");
            assertThat(server.requests()).as("one question for all of this").isEqualTo(1);
        }
    }

    @Test
    void theServerIsAskedAsNsqAsks() {
        try (TestClient client = authed()) {
            client.send(new Command.Nop());
            assertThat(server.nextRequest())
                    .isEqualTo(
                            "GET /auth?common_name=&remote_ip=127.0.0.1&secret=s+e%26c%3D%C3%A9"
                                    + "&tls=false application/vnd.nsq; version=1.0 ");
        }
    }

    @Test
    void itMayBeAskedByPostAtAnUrlOfItsOwn() {
        String url = "http://" + server.address() + "/who/is?x";
        try (OwnNsqd posting =
                        OwnNsqd.start(
                                "--auth-http-address=" + url, "--auth-http-request-method=post");
                TestClient client = posting.connect()) {
            client.send(AUTH).expect(DONE).publish(topic, "m");
            assertThat(server.nextRequest())
                    .isEqualTo(
                            "POST /who/is?x application/vnd.nsq; version=1.0 {\"common_name\":[\"\"],"
                                    + "\"remote_ip\":[\"127.0.0.1\"],\"secret\":[\"s e&c=é\"],"
                                    + "\"tls\":[\"false\"]}");
        }
    }

    @Test
    void itIsToldOfTlsAndOfTheNameInTheCertificate() {
        List<String> flags = new ArrayList<>(Certificates.flags());
        flags.add("--tls-client-auth-policy=require");
        flags.add(server.flag());
        try (OwnNsqd secure = OwnNsqd.start(flags.toArray(String[]::new));
                TestClient client =
                        Layered.connect(
                                secure.tcp(),
                                "\"tls_v1\":true",
                                Certificates.context("TLS", "alice"))) {
            client.send(AUTH).expect(DONE);
            assertThat(server.nextRequest())
                    .startsWith("GET /auth?common_name=alice&remote_ip=127.0.0.1&secret=")
                    .contains("&tls=true ");
        }
    }

    @Test
    void withoutASecretNothingIsPublishedOrConsumed() {
        String[] lines = {"SUB t c\n", "PUB t\n", "MPUB t\n", "DPUB t 0\n"};
        for (String line : lines) {
            String verb = line.split(" ")[0];
            Object body = verb.equals("MPUB") ? TestClient.bytes(9, 1, 1, "m") : "";
            Object simple = verb.endsWith("PUB") && !verb.equals("MPUB") ? bytes("m") : "";
            try (TestClient client = nsqd.connect()) {
                client.send(new Command.Nop()).write(line, body, simple);
                client.expectFatal("E_AUTH_FIRST AUTH required before " + verb);
            }
        }
    }

    private static byte[] bytes(String body) {
        return TestClient.bytes(body.length(), body);
    }

    @Test
    void whatWasNotGrantedIsRefused() {
        server.grants(
                authorization("^in-", "", "publish"), authorization("^out$", "^c", "subscribe"));
        String done = DONE.replace(":1}", ":2}");
        TopicName in = new TopicName("in-1");
        TopicName out = new TopicName("out");
        try (TestClient client = nsqd.connect()) {
            client.send(AUTH).expect(done).publish(in, "m", "m");
            client.send(new Command.Sub(in, Target.CHANNEL))
                    .expectFatal("E_UNAUTHORIZED AUTH failed for SUB on \"in-1\" \"c\"");
        }
        try (TestClient client = nsqd.connect()) {
            client.send(AUTH).expect(done).subscribe(out, new ChannelName("c2"), 1);
            client.send(new Command.Pub(out, Bytes.utf8("m")))
                    .expectFatal("E_UNAUTHORIZED AUTH failed for PUB on \"out\" \"\"");
        }
        try (TestClient client = nsqd.connect()) {
            client.send(AUTH).expect(done).send(new Command.Mpub(out, List.of(Bytes.utf8("m"))));
            client.expectFatal("E_UNAUTHORIZED AUTH failed for MPUB on \"out\" \"\"");
        }
        try (TestClient client = nsqd.connect()) {
            client.send(AUTH).expect(done).send(new Command.Dpub(out, 0, Bytes.utf8("m")));
            client.expectFatal("E_UNAUTHORIZED AUTH failed for DPUB on \"out\" \"\"");
        }
    }

    @Test
    void secretsAreShownOnce() {
        try (TestClient client = authed()) {
            client.send(AUTH).expectFatal("E_INVALID AUTH already set");
        }
    }

    @Test
    void whoIsGrantedNothingIsTurnedAway() {
        server.grants();
        try (TestClient client = nsqd.connect()) {
            client.send(AUTH).expectFatal("E_UNAUTHORIZED AUTH no authorizations found");
        }
    }

    @Test
    void anImproperAnswerGrantsNothing() {
        server.answers("{\"ttl\":0,\"authorizations\":[" + ALL + "]}");
        try (TestClient client = nsqd.connect()) {
            client.send(AUTH).expectFatal("E_AUTH_FAILED AUTH failed");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 302, 403, 500})
    void anotherStatusGrantsNothing(int status) {
        server.answers(status, "{\"ttl\":3600,\"authorizations\":[" + ALL + "]}");
        try (TestClient client = nsqd.connect()) {
            client.send(AUTH).expectFatal("E_AUTH_FAILED AUTH failed");
        }
    }

    @Test
    void aServerThatFailsIsPassedOver() throws IOException {
        try (FakeAuthServer bad = new FakeAuthServer();
                FakeAuthServer gone = new FakeAuthServer()) {
            bad.answers(500, "");
            gone.close();
            try (OwnNsqd many = OwnNsqd.start(PATIENT, bad.flag(), server.flag(), gone.flag())) {
                for (int i = 0; i < 10; i++) {
                    try (TestClient client = many.connect()) {
                        client.send(AUTH).expect(DONE).publish(topic, "m");
                    }
                }
            }
            try (OwnNsqd none = OwnNsqd.start(bad.flag(), gone.flag());
                    TestClient client = none.connect()) {
                client.send(AUTH).expectFatal("E_AUTH_FAILED AUTH failed");
            }
        }
    }

    @Test
    void aServerThatDoesNotAnswerInTimeGrantsNothing() throws IOException {
        try (FakeAuthServer slow = new FakeAuthServer();
                OwnNsqd impatient =
                        OwnNsqd.start(slow.flag(), "--http-client-request-timeout=200ms");
                TestClient client = impatient.connect()) {
            slow.hold();
            client.send(AUTH).expectFatal("E_AUTH_FAILED AUTH failed");
        }
    }

    @Test
    void whileTheServerThinksCommandsWaitAndOthersGoOn() {
        try (TestClient other = authed()) {
            server.nextRequest();
            server.hold();
            List<TestClient> waiting = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                waiting.add(nsqd.connect().send(AUTH, new Command.Pub(topic, Bytes.utf8("m"))));
            }
            for (int i = 0; i < 4; i++) server.nextRequest();
            for (int i = 0; i < 4; i++) other.publish(Target.newTopic(), "m");
            server.release();
            for (TestClient client : waiting) {
                client.expect(DONE).expectOk();
                client.close();
            }
        } finally {
            server.release();
        }
    }

    @Test
    void whatWasGrantedRunsOutAndIsAskedForAgain() {
        server.answers("{\"ttl\":1,\"identity\":\"first\",\"authorizations\":[" + ALL + "]}");
        try (TestClient client = nsqd.connect();
                TestClient consumer = nsqd.connect()) {
            String first = DONE.replace("me", "first").replace("http://x", "");
            consumer.send(AUTH).expect(first).subscribe(topic, Target.CHANNEL, 2_500);
            client.send(AUTH).expect(first);
            server.nextRequest();
            server.nextRequest();
            server.grants(authorization("^" + topic + "$", ".*", "publish"));
            while (server.requests() == 0) client.publish(topic, "m");
            // Consumers go on with what they have.
            consumer.message("m");
            client.publish(topic, "m").send(new Command.Pub(Target.newTopic(), Bytes.utf8("m")));
            Frame refused = client.next();
            assertThat(((Frame.Error) refused).data().utf8()).startsWith("E_UNAUTHORIZED ");
        }
    }

    @Test
    void whoCannotBeAskedAgainGrantsNothingMore() {
        server.answers("{\"ttl\":1,\"authorizations\":[" + ALL + "]}");
        try (TestClient client = nsqd.connect()) {
            client.send(AUTH).next();
            server.nextRequest();
            server.answers(500, "");
            while (true) {
                client.send(new Command.Pub(topic, Bytes.utf8("m")));
                Frame answer = client.next();
                if (answer.equals(Frame.OK)) continue;
                assertThat(((Frame.Error) answer).data().utf8())
                        .isEqualTo("E_AUTH_FAILED AUTH failed");
                break;
            }
            client.expectClosed();
        }
    }
}
