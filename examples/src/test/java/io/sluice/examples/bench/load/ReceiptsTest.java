package io.sluice.examples.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sluice.examples.bench.wire.BenchException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReceiptsTest {
    private static final int LIMIT = 100;

    private final List<Numbers> published = Numbers.split(LIMIT, 2);
    private final Receipts receipts = new Receipts(LIMIT);

    ReceiptsTest() {
        published.get(0).take(3); // 0, 1, 2
        published.get(1).take(1); // 50
    }

    @Test
    void whatWasPublishedHasCome() {
        add(receipts, 50, 1, 0, 2);

        receipts.verify(published);
    }

    @Test
    void aMessageThatDoesNotComeIsLost() {
        add(receipts, 0, 2, 50);

        fails("message 1 was lost", () -> receipts.verify(published));
    }

    @Test
    void aMessageMayNotComeTwice() {
        add(receipts, 2);

        fails("message 2 came twice", () -> receipts.add(2));
    }

    @Test
    void norToTwoConsumersOfOneChannel() {
        Receipts other = new Receipts(LIMIT);
        add(receipts, 0, 1);
        add(other, 1, 2, 50);

        fails("message 1 came twice", () -> receipts.merge(other));
    }

    @Test
    void theConsumersOfAChannelGetEverythingTogether() {
        Receipts other = new Receipts(LIMIT);
        add(receipts, 0, 50);
        add(other, 1, 2);

        receipts.merge(other);

        receipts.verify(published);
    }

    @Test
    void aMessageThatNobodyPublishedIsNotTaken() {
        fails("message 100 came, which nobody published", () -> receipts.add(LIMIT));
        add(receipts, 0, 1, 2, 50, 51);
        fails("4 messages were published, but 5 came", () -> receipts.verify(published));
    }

    @Test
    void aPublisherStopsAtTheEndOfItsNumbers() {
        Numbers numbers = Numbers.split(10, 3).get(2); // 6, 7, 8

        assertThat(numbers.has(3)).isTrue();
        assertThat(numbers.has(4)).isFalse();
        assertThat(numbers.take(2)).isEqualTo(6);
        assertThat(numbers.has(2)).isFalse();
        assertThat(numbers.used()).isEqualTo(2);
    }

    private static void add(Receipts receipts, int... numbers) {
        for (int number : numbers) receipts.add(number);
    }

    private static void fails(String message, Runnable what) {
        assertThatExceptionOfType(BenchException.class).isThrownBy(what::run).withMessage(message);
    }
}
