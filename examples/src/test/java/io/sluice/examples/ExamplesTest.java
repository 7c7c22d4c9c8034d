package io.sluice.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.nsqd.junit.TestNsqd;
import io.sluice.nsqd.junit.WithNsqd;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The examples do what they say, against real daemons. */
@WithNsqd(lookupd = true)
class ExamplesTest {
    @Test
    @Timeout(60)
    void whatIsPublishedIsConsumedAndWhatFailsIsTriedAgain(TestNsqd nsqd) throws Exception {
        String daemon = nsqd.tcpAddress();
        PublishOne.main(new String[] {daemon, "orders", "one chair"});
        PublishBatch.main(new String[] {daemon, "orders", "two tables", "a fragile vase"});
        Await.that("registered", 30, () -> knows(nsqd.lookupdHttpAddress(), "orders"));

        String printed = consume(nsqd.lookupdHttpAddress(), "orders", "billing", "3");

        assertThat(printed.lines())
                .containsExactlyInAnyOrder(
                        "one chair, attempt 1",
                        "two tables, attempt 1",
                        "a fragile vase, attempt 2");
    }

    private static boolean knows(String lookupd, String topic) throws Exception {
        return Http.get("http://" + lookupd + "/topics").contains("\"" + topic + "\"");
    }

    private static String consume(String... args) throws InterruptedException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream console = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            ConsumeWithRetry.main(args);
        } finally {
            System.setOut(console);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
