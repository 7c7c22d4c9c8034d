package io.sluice.nsqd.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.nsqd.core.LogEntry;
import io.sluice.nsqd.core.LogEntry.Message;
import io.sluice.nsqd.core.LogEntry.Reach;
import io.sluice.protocol.Bytes;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.MessageId;
import org.junit.jupiter.api.Test;

class PendingEntriesTest {
    private static final int LIMIT = 1_000;

    private final PendingBudget budget = new PendingBudget(LIMIT);
    private final PendingEntries one = new PendingEntries(budget);
    private final PendingEntries other = new PendingEntries(budget);

    private static Record message(int bytes) {
        MessageId id = MessageId.of("0123456789abcdef");
        return record(new Message(Reach.PUBLISHED, id, 0, 0, Bytes.utf8("m".repeat(bytes))));
    }

    private static Record record(LogEntry entry) {
        Record record = new Record();
        record.entry(entry);
        return record;
    }

    @Test
    void allTopicsShareOneLimit() {
        one.add(1, message(600));

        assertThat(other.hasRoom(300)).isTrue();
        assertThat(other.hasRoom(400)).isFalse();
        one.removeFirst();
        assertThat(other.hasRoom(400)).isTrue();
    }

    @Test
    void oneMessageOfAnySizeMayWaitAlone() {
        assertThat(one.hasRoom(10 * LIMIT)).isTrue();
        one.add(1, message(10 * LIMIT));
        assertThat(one.hasRoom(1)).isFalse();
        assertThat(other.hasRoom(1)).isFalse();
    }

    @Test
    void whatIsForgottenTakesNoRoom() {
        one.add(1, message(600));
        one.add(2, message(600));
        other.add(1, message(100));

        one.clear();

        assertThat(one.bytes()).isZero();
        assertThat(other.hasRoom(800)).isTrue();
        assertThat(other.hasRoom(900)).isFalse();
    }

    @Test
    void beyondTheLimitOnlyWhatTheStateCannotTellIsHeld() {
        one.add(1, message(2 * LIMIT));

        Record created = record(new LogEntry.ChannelCreated(new ChannelName("c")));
        assertThat(other.hold(1, created)).isFalse();
        assertThat(other.hold(2, message(10))).isTrue();
        assertThat(other.first().record()).as("a gap").isNull();
    }
}
