package io.sluice.examples.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sluice.daemon.HostAndPort;
import io.sluice.daemon.Running;
import io.sluice.examples.bench.daemon.LocalDaemons;
import io.sluice.examples.bench.daemon.Nsqd;
import io.sluice.examples.bench.daemon.Target;
import io.sluice.examples.bench.wire.BenchException;
import io.sluice.examples.bench.wire.Connection;
import io.sluice.protocol.Bytes;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.Command;
import io.sluice.protocol.TopicName;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IdleLoadTest {
    private static final TopicName TOPIC = new TopicName("idle");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final LocalDaemons daemons = new LocalDaemons();
    private final Running running = daemons.nsqd();
    private final List<TopicName> made = new ArrayList<>();
    private final Crew crew = new Crew();
    private final IdleLoad load =
            new IdleLoad(crew, target(running), new ChannelName("channel"), made);

    @BeforeEach
    void connect() throws IOException {
        load.connect(List.of(TOPIC), 3);
    }

    @AfterEach
    void close() {
        crew.close();
        daemons.close();
    }

    @Test
    void nothingComesToIdleConsumers() throws Exception {
        load.verify();

        assertThat(load.subscribed().count()).isEqualTo(3);
        assertThat(made).containsExactly(TOPIC);
    }

    @Test
    void aMessageThatComesIsNoticed() throws Exception {
        Connection publisher = crew.own(Connection.open(target(running).tcpAddress(), 0));
        publisher.ask(new Command.Pub(TOPIC, Bytes.utf8("hello")));

        assertThatExceptionOfType(BenchException.class)
                .isThrownBy(this::verifyUntilItFails)
                .withMessageContaining("hello");
    }

    @Test
    void aConnectionThatTheDaemonClosesIsNoticed() {
        running.stop();

        assertThatExceptionOfType(IOException.class).isThrownBy(this::verifyUntilItFails);
    }

    /** What the daemon sent may still be on its way. */
    private void verifyUntilItFails() throws IOException {
        long untilNs = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < untilNs) load.verify();
    }

    private static Target target(Running running) {
        HostAndPort tcp = running.tcp();
        return new Nsqd(
                new InetSocketAddress(tcp.host(), tcp.port()), running.http(), Optional.empty());
    }
}
