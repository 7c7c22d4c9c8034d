package io.sluice.lookupd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.daemon.Daemon;
import io.sluice.daemon.GoFlags;
import io.sluice.daemon.StartException;
import java.io.IOException;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where we are on purpose not as NSQ's nsqlookupd, and what is ours alone. */
class LookupdTest {
    @ParameterizedTest
    @ValueSource(strings = {"\u00ff\u00ff\u00ff\u00ff", "\0\1\0\1", "\177\0\0\0"})
    void anIdentifyOfBadLengthIsRefusedBeforeItComes(String length) throws IOException {
        try (RunningLookupd lookupd = RunningLookupd.own();
                Peer peer = lookupd.connect().send("  V1IDENTIFY\n" + length)) {
            peer.assertLastAnswer("E_BAD_BODY IDENTIFY failed to read body");
        }
    }

    @Test
    void aLineWithoutEndEndsTheConnection() throws IOException {
        try (RunningLookupd lookupd = RunningLookupd.own();
                Peer peer = lookupd.connect().send("  V1" + "x".repeat(16_384))) {
            peer.assertEnd();
        }
    }

    @Test
    void theLongestIdentifyIsRead() throws IOException {
        String fields =
                "{\"broadcast_address\":\"b\",\"tcp_port\":1,\"http_port\":2,\"version\":\"v\"}";
        String json = fields + " ".repeat(LookupConnection.MAX_IDENTIFY_BODY - fields.length());
        try (RunningLookupd lookupd = RunningLookupd.own();
                Peer peer = lookupd.connect().send("  V1")) {
            assertThat(peer.identify(json)).startsWith("{\"broadcast_address\"");
        }
    }

    @Test
    void anEphemeralTopicTakesItsChannelsAlong() throws IOException {
        try (RunningLookupd lookupd = RunningLookupd.own();
                Peer peer = lookupd.connect().introduce("10.0.0.1")) {
            peer.tell("REGISTER t#ephemeral c").tell("UNREGISTER t#ephemeral");
            assertThat(lookupd.get("/channels?topic=t%23ephemeral").toString())
                    .isEqualTo("{\"channels\":[]}");
        }
    }

    @Test
    void aSilentProducerIsHiddenAndStaysConnected() throws Exception {
        try (RunningLookupd lookupd = RunningLookupd.own("--inactive-producer-timeout=1ms");
                Peer peer = lookupd.connect().introduce("10.0.0.1").tell("REGISTER t")) {
            Eventually.get(
                    () -> lookupd.get("/lookup?topic=t").get("producers"),
                    found -> found.isEmpty());
            assertThat(lookupd.get("/debug").get("topic:t:")).hasSize(1);
            peer.tell("PING");
        }
    }

    @Test
    void aPortThatIsTakenIsNamed() {
        try (RunningLookupd lookupd = RunningLookupd.own()) {
            LookupdOptions options = new LookupdOptions();
            GoFlags.command("nsqlookupd", options)
                    .parseArgs("--http-address=127.0.0.1:0", "--tcp-address=" + lookupd.tcp());
            assertThatThrownBy(() -> new Lookupd().start(options))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("cannot listen on " + lookupd.tcp() + " (--tcp-address)");
        }
    }

    @Test
    void moreHttpConnectionsThanAllowedAreClosed() throws IOException {
        String ping = "GET /ping HTTP/1.1\r\nHost: x\r\n\r\n";
        try (RunningLookupd lookupd = RunningLookupd.own("--max-http-connections=1")) {
            try (Peer first = new Peer(lookupd.http()).send(ping)) {
                first.assertStart("HTTP/1.1 200 ");
                try (Peer second = new Peer(lookupd.http())) {
                    second.assertEnd();
                }
                first.send("GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
                assertThat(first.rest())
                        .contains("nsqlookupd_http_cut_connections_total{reason=\"too_many\"} 1.0");
            }
        }
    }

    @Test
    void itsPortsAreFreeOnceItHasStopped() throws IOException {
        RunningLookupd lookupd = RunningLookupd.own();
        try (Peer peer = lookupd.connect().introduce("10.0.0.1")) {
            lookupd.close();
            peer.assertEnd();
        }
        assertThatThrownBy(lookupd::connect).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--inactive-producer-timeout=-1s", "--tombstone-lifetime=-1ns"})
    void timesAreNotNegative(String flag) {
        assertThatThrownBy(() -> RunningLookupd.own(flag))
                .isInstanceOf(StartException.class)
                .hasMessage(flag.split("=")[0] + " must not be negative");
    }

    @Test
    void itIsFoundOnTheClassPath() {
        assertThat(ServiceLoader.load(Daemon.class)).anyMatch(Lookupd.class::isInstance);
    }
}
