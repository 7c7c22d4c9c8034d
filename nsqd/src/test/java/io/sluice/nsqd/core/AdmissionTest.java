package io.sluice.nsqd.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.protocol.Bytes;
import io.sluice.protocol.Command;
import io.sluice.protocol.ErrorCode;
import io.sluice.protocol.ProtocolException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private static final List<String> VERBS =
            List.of(
                    "IDENTIFY",
                    "AUTH",
                    "SUB",
                    "PUB",
                    "MPUB",
                    "DPUB",
                    "RDY",
                    "FIN",
                    "REQ",
                    "TOUCH",
                    "CLS",
                    "NOP");

    private final Admission admission = new Admission(false);

    private void assertAdmitsOnly(Set<String> admitted) {
        for (String verb : VERBS) {
            if (admitted.contains(verb)) {
                assertThat(admission.admit(verb)).as(verb).isTrue();
                continue;
            }
            assertThatThrownBy(() -> admission.admit(verb))
                    .isInstanceOf(ProtocolException.class)
                    .hasMessage("E_INVALID cannot " + verb + " in current state")
                    .extracting(e -> ((ProtocolException) e).code())
                    .isEqualTo(ErrorCode.E_INVALID);
        }
    }

    private void subscribe() {
        admission.taken(new Command.Sub(TestBroker.TOPIC, TestBroker.CHANNEL));
    }

    @Test
    void aNewConnectionIntroducesItselfPublishesOrSubscribes() {
        assertAdmitsOnly(Set.of("IDENTIFY", "AUTH", "SUB", "PUB", "MPUB", "DPUB", "NOP"));
    }

    @Test
    void publishingLeavesAConnectionNew() {
        admission.taken(new Command.Pub(TestBroker.TOPIC, Bytes.utf8("m")));
        assertThat(admission.admit("SUB")).isTrue();
    }

    @Test
    void aConsumerAnswersAndPublishes() {
        subscribe();
        assertAdmitsOnly(Set.of("PUB", "MPUB", "DPUB", "RDY", "FIN", "REQ", "TOUCH", "CLS", "NOP"));
    }

    @Test
    void aClosingConsumerAnswersForWhatItHasAndItsRdyIsSkipped() {
        subscribe();
        admission.taken(new Command.Cls());
        assertThat(admission.admit("RDY")).isFalse();
        for (String verb : List.of("FIN", "REQ", "TOUCH", "PUB", "MPUB", "DPUB", "NOP")) {
            assertThat(admission.admit(verb)).as(verb).isTrue();
        }
        for (String verb : List.of("CLS", "SUB", "IDENTIFY", "AUTH")) {
            assertThatThrownBy(() -> admission.admit(verb))
                    .hasMessage("E_INVALID cannot " + verb + " in current state");
        }
    }

    @Test
    void whoSendsNoHeartbeatsCannotSubscribe() {
        admission.identified(false);
        assertThatThrownBy(() -> admission.admit("SUB"))
                .hasMessage("E_INVALID cannot SUB with heartbeats disabled");
        assertThat(admission.admit("PUB")).isTrue();
        admission.identified(true);
        assertThat(admission.admit("SUB")).isTrue();
    }

    @Test
    void stateIsCheckedBeforeHeartbeats() {
        admission.identified(false);
        subscribe();
        assertThatThrownBy(() -> admission.admit("SUB"))
                .hasMessage("E_INVALID cannot SUB in current state");
    }

    @Test
    void whereTlsIsRequiredOnlyIdentifyMayComeBeforeIt() {
        Admission strict = new Admission(true);
        for (String verb : List.of("SUB", "PUB", "AUTH", "NOP", "CLS", "RDY", "nop", "")) {
            assertThatThrownBy(() -> strict.admit(verb))
                    .hasMessage("E_INVALID cannot " + verb + " in current state (TLS required)");
        }
        assertThat(strict.admit("IDENTIFY")).isTrue();
        strict.secured();
        assertThat(strict.admit("SUB")).isTrue();
        assertThatThrownBy(() -> strict.admit("CLS"))
                .hasMessage("E_INVALID cannot CLS in current state");
    }
}
