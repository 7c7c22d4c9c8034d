package io.sluice.lookupd.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.protocol.Bytes;
import io.sluice.protocol.ErrorCode;
import io.sluice.protocol.LookupCommand;
import io.sluice.protocol.TopicName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LookupSessionTest {
    private static final Bytes GREETING = Bytes.utf8("{}");
    private static final LookupCommand IDENTIFY = new LookupCommand.Identify(Bytes.utf8("me"));
    private static final TopicName TOPIC = new TopicName("t");

    private final Registry registry = new Registry(10, 10);
    private final LookupSession session =
            new LookupSession(registry, "127.0.0.1:5", LookupSessionTest::identity, GREETING);

    private static Identity identity(Bytes json) {
        if (json.length() == 0) throw ErrorCode.E_BAD_BODY.because("empty");
        return new Identity(json.utf8(), "h", new Identity.Ports(1, 2), "1.3.0", "", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"REGISTER", "UNREGISTER"})
    void nothingIsRegisteredBeforeIdentify(String verb) {
        assertThatThrownBy(() -> session.admit(verb)).hasMessage("E_INVALID client must IDENTIFY");
        session.admit("IDENTIFY");
        session.admit("PING");
        session.execute(IDENTIFY, 0);
        session.admit(verb);
    }

    @Test
    void identifyComesOnce() {
        assertThat(session.execute(IDENTIFY, 0)).isEqualTo(GREETING);
        assertThatThrownBy(() -> session.admit("IDENTIFY"))
                .hasMessage("E_INVALID cannot IDENTIFY again");
    }

    @Test
    void aFailedIdentifyRegistersNobody() {
        assertThatThrownBy(() -> session.execute(new LookupCommand.Identify(Bytes.EMPTY), 0))
                .hasMessage("E_BAD_BODY empty");
        assertThat(session.producer()).isNull();
        session.close();
        assertThat(registry.producers()).isEmpty();
    }

    @Test
    void aPingBeforeIdentifyIsAnsweredToo() {
        assertThat(session.execute(new LookupCommand.Ping(), 0)).isEqualTo(Bytes.utf8("OK"));
    }

    @Test
    void identifyAndPingAreSignsOfLifeAndTheEndIsTheEnd() {
        session.execute(IDENTIFY, 5);
        session.execute(new LookupCommand.Register(TOPIC, null), 15);
        assertThat(registry.lookup(TOPIC, 15)).containsExactly(session.producer());
        assertThat(registry.lookup(TOPIC, 16)).isEmpty();
        session.execute(new LookupCommand.Ping(), 16);
        assertThat(registry.lookup(TOPIC, 26)).hasSize(1);
        session.execute(new LookupCommand.Unregister(TOPIC, null), 16);
        assertThat(registry.lookup(TOPIC, 16)).isEmpty();
        session.close();
        session.close();
        assertThat(registry.producers()).isEmpty();
    }
}
