package io.sluice.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.client.Producer;
import io.sluice.client.ProducerOptions;
import io.sluice.protocol.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The examples of what queues are for, on a real daemon. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class PatternsTest {
    private static Cluster cluster;
    private static String nsqd;

    @BeforeAll
    static void start() {
        cluster = new Cluster();
        nsqd = cluster.nsqd().tcp().toString();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    private interface Program {
        void main(String[] args) throws Exception;
    }

    /** The lines that it prints. */
    private static List<String> printed(Program program, String... args) throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream console = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            program.main(Stream.concat(Stream.of(nsqd), Stream.of(args)).toArray(String[]::new));
        } finally {
            System.setOut(console);
        }
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void eachJobIsForOneWorker() throws Exception {
        List<String> printed = printed(WorkQueue::main, "jobs", "3", "a", "b", "c", "d", "e");
        assertThat(printed).allMatch(line -> line.matches("worker [123] does [a-e]"));
        assertThat(printed)
                .extracting(line -> line.substring(line.length() - 1))
                .containsExactlyInAnyOrder("a", "b", "c", "d", "e");
    }

    @Test
    void eachMessageIsForAllSubscribers() throws Exception {
        List<String> printed = printed(PublishSubscribe::main, "news", "rain", "mail", "web", "tv");
        assertThat(printed)
                .containsExactlyInAnyOrder("mail got rain", "web got rain", "tv got rain");
    }

    @Test
    void delayedJobsComeWhenTheyAreDue() throws Exception {
        List<String> printed =
                printed(DelayedJobs::main, "later", "PT1S", "drink", "PT0.05S", "breathe");
        assertThat(printed).hasSize(2);
        assertThat(printed.get(0)).matches("breathe, after \\d+ ms");
        assertThat(printed.get(1)).matches("drink, after \\d{4,} ms");
    }

    @Test
    void aPeakWaitsInTheQueue() throws Exception {
        List<String> printed = printed(AbsorbPeak::main, "peak", "500", "1");
        assertThat(printed).hasSize(2);
        assertThat(printed.get(0)).matches("published 500, of which \\d+ wait");
        assertThat(printed.get(1)).isEqualTo("all done");
    }

    @Test
    void whatFailsAgainAndAgainEndsInATopicOfItsOwn() throws Exception {
        ProducerOptions options = ProducerOptions.builder().nsqd(nsqd).build();
        try (Producer producer = new Producer(options)) {
            for (String order : List.of("a chair", "a unicorn", "a table")) {
                producer.publish("wishes", Bytes.utf8(order)).join();
            }
        }
        assertThat(printed(DeadLetters::main, "wishes", "3"))
                .containsExactlyInAnyOrder(
                        "done: a chair", "done: a table", "dead: no a unicorn in stock");
        assertThat(printed(DeadLetters::main, "wishes.dead", "1"))
                .containsExactly("dead: no a unicorn in stock");
    }
}
