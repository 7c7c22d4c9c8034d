package io.sluice.nsqd.core;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Where a topic keeps what its memory cannot hold, or must not hold alone. Belongs to the topic's
 * loop, where all calls are made and all answers come; none of them blocks, and none answers before
 * it has returned. An answer is part of a turn, which ends with {@link Broker#tick}.
 */
public interface TopicLog {
    /** A part of the log that is deleted as a whole, with the lsns from {@code from} on. */
    record Segment(long from, long until, long bytes) {}

    /** What was read, in the order of lsns; entries that are damaged or deleted are left out. */
    record Batch(List<LogEntry.Numbered> entries, long nextLsn) {}

    /** Takes what was read. */
    interface Reader {
        /** The loop's time is passed in. */
        void read(Batch batch, long nowNs);
    }

    /** Every segment begins with what {@code state} says then. To be called before all else. */
    void attach(Supplier<LogEntry.TopicState> state);

    /** The lsn that the next entry gets. */
    long end();

    /**
     * Why messages of so many bytes in all can't be stored now, as a client gets to read it; null
     * when they can. To be asked before something is promised.
     */
    String refusal(int messages, long bytes);

    /**
     * Appends an entry and returns its lsn. What is no message is taken on a full disk too. The
     * body of a message is lent: it is copied.
     */
    long append(LogEntry entry);

    /** True when all that has been appended by now survives the death of this process. */
    boolean isWritten();

    /**
     * Calls {@code done} when all that has been appended by now survives what {@code level} says,
     * with null, or with the reason why it does not.
     */
    void whenDurable(Durability level, Consumer<String> done);

    /**
     * Reads messages from {@code fromLsn} on, those of all reaches, as many as there are and as the
     * limits allow; at least one, if there is one.
     */
    void read(long fromLsn, int maxMessages, int maxBytes, Reader reader);

    /** Reads the entries with these lsns, which rise, within {@code maxBytes}; at least one. */
    void read(long[] lsns, int maxBytes, Reader reader);

    /** The segments that are complete, in order: not the one that is being written. */
    List<Segment> segments();

    /** Deletes a segment that {@link #segments()} gave. */
    void delete(Segment segment);

    /** Nothing that was appended is needed any more; lsns go on from where they are. */
    void clear();

    /** Bytes on disk, all segments together. */
    long bytes();

    /** Entries that could not be read again, since the daemon started. */
    long damagedCount();

    /**
     * The topic is deleted, and its log with it: who is still to get an answer gets one, readers
     * that there is nothing. {@code deleted} is called when it is gone.
     */
    void delete(Runnable deleted);

    /** Ends with a last state, makes all of it durable, and lets go of the files. */
    void close(Runnable closed);
}
