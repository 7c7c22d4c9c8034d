package io.sluice.nsqd.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.nsqd.crash.Event.Copy;
import io.sluice.nsqd.crash.Event.Promise;
import io.sluice.nsqd.crash.HistoryChecker.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HistoryCheckerTest {
    private static final Copy IN_A = new Copy("t", "a", "p-1");
    private static final Copy IN_B = new Copy("t", "b", "p-1");

    private final List<Event> events = new ArrayList<>();

    private HistoryCheckerTest() {
        events.add(new Event.ChannelMade("t", "a", 0));
        events.add(new Event.ChannelMade("t", "b", 100));
    }

    private void send(String topic, long sentNs, long dueNs, Promise promise) {
        events.add(new Event.Sent(topic, "p", 1, 1, sentNs, dueNs, promise));
    }

    private void publish(long sentNs, long dueNs) {
        publish(sentNs, dueNs, Promise.ALWAYS);
    }

    private void publish(long sentNs, long dueNs, Promise promise) {
        send("t", sentNs, dueNs, promise);
        events.add(new Event.Acknowledged("p-1"));
    }

    private void receive(Copy copy, int life, int attempts, long atNs) {
        events.add(new Event.Received(copy, life, attempts, atNs, false));
    }

    private void finish(Copy copy, int life, int attempts) {
        events.add(new Event.Finished(copy, life, attempts));
    }

    private Verdict verdict() {
        return HistoryChecker.check(events);
    }

    private void expectViolation(String start) {
        assertThat(verdict().violations()).singleElement().asString().startsWith(start);
    }

    @Test
    void allIsWellWhenEveryCopyWasFinished() {
        publish(101, 101);
        receive(IN_A, 1, 1, 200);
        finish(IN_A, 1, 1);
        receive(IN_B, 2, 1, 300);
        finish(IN_B, 2, 1);

        assertThat(verdict()).isEqualTo(new Verdict(2, 0, 0, 0, Map.of(), 0, List.of()));
    }

    @Test
    void aChannelThatDidNotExistIsOwedNothing() {
        publish(100, 100);
        receive(IN_A, 1, 1, 200);
        finish(IN_A, 1, 1);

        assertThat(verdict()).isEqualTo(new Verdict(1, 0, 0, 0, Map.of(), 0, List.of()));
    }

    @Test
    void aCopyThatNeverCameIsLost() {
        publish(101, 101);
        receive(IN_A, 1, 1, 200);
        finish(IN_A, 1, 1);

        assertThat(verdict().lost()).isEqualTo(1);
        assertThat(verdict().kinds()).isEqualTo(Map.of("lost", 1));
        expectViolation("lost: Copy[topic=t, channel=b, message=p-1]");
    }

    @Test
    void aCopyThatCameAndWasNeverFinishedIsLost() {
        publish(50, 50);
        receive(IN_A, 1, 1, 200);

        expectViolation("lost: " + IN_A + ", deliveries [Received[");
    }

    @Test
    void whatWasNotPromisedMayBeLost() {
        publish(101, 101, Promise.NEVER);
        receive(IN_A, 1, 1, 200);
        finish(IN_A, 1, 1);

        assertThat(verdict()).isEqualTo(new Verdict(0, 0, 2, 1, Map.of(), 0, List.of()));
    }

    @Test
    void whatWasOnDiskIsNotLost() {
        publish(101, 101, Promise.ONCE_ON_DISK);
        receive(IN_A, 1, 1, 200);
        finish(IN_A, 1, 1);
        assertThat(verdict()).isEqualTo(new Verdict(0, 0, 2, 1, Map.of(), 0, List.of()));

        // The log has an order: the first was on disk if the second was.
        events.add(new Event.Sent("t", "p", 2, 1, 102, 102, Promise.ONCE_ON_DISK));
        receive(new Copy("t", "a", "p-2"), 2, 1, 300);
        expectViolation("lost: Copy[topic=t, channel=b, message=p-1]");
    }

    @Test
    void whatWasNotAcknowledgedMayComeOrNot() {
        send("t", 101, 101, Promise.ALWAYS);
        receive(IN_A, 1, 1, 200);
        finish(IN_A, 1, 1);

        assertThat(verdict()).isEqualTo(new Verdict(0, 0, 0, 0, Map.of(), 1, List.of()));
    }

    @Test
    void aMessageThatNobodyPublishedIsNoticed() {
        receive(IN_A, 1, 1, 200);

        expectViolation("never published: " + IN_A);
    }

    @Test
    void aMessageOfAnotherTopicIsNoticed() {
        send("other", 101, 101, Promise.ALWAYS);
        receive(IN_A, 1, 1, 200);

        expectViolation("never published: " + IN_A);
    }

    @Test
    void noneMayComeBeforeItIsDue() {
        publish(50, 2_000_000);
        receive(IN_A, 1, 1, 1_500_000);
        finish(IN_A, 1, 1);

        expectViolation("too early: by 0.5 ms, Received[");
    }

    @Test
    void aRequeuedMessageMayNotComeBeforeItIsDue() {
        publish(50, 50);
        receive(IN_A, 1, 1, 200);
        events.add(new Event.Requeued(IN_A, 1, 1, 1_000_000));
        receive(IN_A, 1, 2, 500_000);
        finish(IN_A, 1, 2);

        expectViolation("too early: by 0.5 ms, Received[");
    }

    @Test
    void aRequeueMayBeForgottenWithTheProcess() {
        publish(50, 50);
        receive(IN_A, 1, 1, 200);
        events.add(new Event.Requeued(IN_A, 1, 1, 1_000_000));
        receive(IN_A, 2, 2, 500_000);
        finish(IN_A, 2, 2);

        assertThat(verdict().violations()).isEmpty();
    }

    @Test
    void whatWasFinishedMayNotComeAgainInTheSameLife() {
        publish(50, 50);
        receive(IN_A, 1, 1, 200);
        finish(IN_A, 1, 1);
        receive(IN_A, 1, 2, 300);

        expectViolation("finished and came again in the same life: Finished[");
    }

    @Test
    void whatWasFinishedMayComeAgainWhileTheDaemonEnds() {
        publish(50, 50);
        receive(IN_A, 1, 1, 200);
        finish(IN_A, 1, 1);
        events.add(new Event.Received(IN_A, 1, 2, 300, true));

        assertThat(verdict().violations()).isEmpty();
    }

    @Test
    void anEarlierDeliveryThatIsSeenLateIsNoDuplicate() {
        publish(50, 50);
        receive(IN_A, 1, 2, 200);
        finish(IN_A, 1, 2);
        receive(IN_A, 1, 1, 300);

        assertThat(verdict().violations()).isEmpty();
    }

    @Test
    void whatComesAgainInALaterLifeIsCountedOnce() {
        publish(50, 50);
        for (int life = 1; life <= 3; life++) {
            receive(IN_A, life, 1, 200 + life);
            finish(IN_A, life, 1);
        }

        assertThat(verdict()).isEqualTo(new Verdict(1, 0, 0, 0, Map.of("t", 1), 0, List.of()));
    }

    @Test
    void everyDeliveryHasAttemptsOfItsOwn() {
        publish(50, 50);
        receive(IN_A, 1, 1, 200);
        receive(IN_A, 1, 1, 200);
        finish(IN_A, 1, 1);

        expectViolation("same attempts twice: Received[");
    }

    @Test
    void aRefusalIsNoticed() {
        events.add(new Event.Refused("E_FIN_FAILED"));

        expectViolation("refused: E_FIN_FAILED");
    }
}
