package io.sluice.nsqd.net;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

/**
 * What a message costs in memory that is taken and let go, which does not depend on how fast the
 * machine is: the smallest of many rounds, since code allocates less once it is compiled.
 */
class HotPathAllocationTest {
    private static final int BATCHES_A_ROUND = 200;
    private static final int MOST_ROUNDS = 400;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final HotPath path = new HotPath();

    @Test
    void aMessageOfABatchCostsItsBodyAndHalfAsMuchAgain() {
        byte[] batch = path.mpub(200, 200);
        expectAtMost(
                315,
                () -> {
                    path.publish(batch);
                    return 200;
                });
    }

    @Test
    void aMessagePublishedByItselfCostsItsBodyAnd400Bytes() {
        byte[] commands = path.pubs(100, 100);
        expectAtMost(
                480,
                () -> {
                    path.publish(commands);
                    return 100;
                });
    }

    @Test
    void aMessageOfABatchIsDeliveredAndFinishedAtASmallCost() {
        path.subscribe();
        byte[] batch = path.mpub(100, 100);
        expectAtMost(
                590,
                () -> {
                    path.publish(batch);
                    return path.consume();
                });
    }

    @Test
    void aSingleMessageIsDeliveredAndFinishedAtASmallCost() {
        path.subscribe();
        byte[] commands = path.pubs(100, 100);
        expectAtMost(
                870,
                () -> {
                    path.publish(commands);
                    return path.consume();
                });
    }

    /** Bytes a message, of what handles so many messages at once. */
    private void expectAtMost(long bytes, IntSupplier batch) {
        double least = Double.MAX_VALUE;
        for (int i = 0; i < MOST_ROUNDS && least > bytes; i++) {
            least = Math.min(least, bytesAMessage(batch));
            path.clear();
        }
        assertThat(least).isLessThanOrEqualTo(bytes);
    }

    private static double bytesAMessage(IntSupplier batch) {
        long thread = Thread.currentThread().getId();
        long messages = 0;
        long before = THREADS.getThreadAllocatedBytes(thread);
        for (int i = 0; i < BATCHES_A_ROUND; i++) messages += batch.getAsInt();
        return (double) (THREADS.getThreadAllocatedBytes(thread) - before) / messages;
    }
}
