package io.sluice.examples.bench.load;

import io.sluice.examples.bench.wire.BenchException;
import java.util.BitSet;
import java.util.List;

/** Which messages have come. Every consumer has its own; those of a channel are merged after. */
final class Receipts {
    private final int limit;
    private final BitSet seen;

    /** Expects numbers from 0 up to {@code limit}. */
    Receipts(int limit) {
        this.limit = limit;
        seen = new BitSet(limit);
    }

    /** Notes a message. */
    void add(long number) {
        if (number < 0 || number >= limit) {
            throw new BenchException("message " + number + " came, which nobody published");
        }
        int bit = (int) number;
        if (seen.get(bit)) throw twice(bit);
        seen.set(bit);
    }

    /** Adds those of another consumer of the same channel. */
    void merge(Receipts other) {
        BitSet both = (BitSet) seen.clone();
        both.and(other.seen);
        if (!both.isEmpty()) throw twice(both.nextSetBit(0));
        seen.or(other.seen);
    }

    private static BenchException twice(int number) {
        return new BenchException("message " + number + " came twice");
    }

    /** Fails unless exactly the used numbers have come. */
    void verify(List<Numbers> published) {
        int expected = 0;
        for (Numbers numbers : published) {
            int missing = seen.nextClearBit(numbers.first());
            if (missing < numbers.usedEnd()) {
                throw new BenchException("message " + missing + " was lost");
            }
            expected += numbers.used();
        }
        if (seen.cardinality() != expected) {
            throw new BenchException(
                    expected + " messages were published, but " + seen.cardinality() + " came");
        }
    }
}
