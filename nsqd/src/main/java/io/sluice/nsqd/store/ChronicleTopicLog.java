package io.sluice.nsqd.store;

import io.sluice.nsqd.core.Durability;
import io.sluice.nsqd.core.LogEntry;
import io.sluice.nsqd.core.TopicLog;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A topic's log in a directory of its own, one Chronicle queue per segment. */
public final class ChronicleTopicLog implements TopicLog {
    private static final System.Logger LOG = System.getLogger(ChronicleTopicLog.class.getName());

    private final ChronicleTopicLogs logs;
    private final LogHome home;
    private final SealedSegments sealed;
    private final LogAppends appends;
    private final Commits commits;
    private final SyncSchedule syncs;
    private final LogReads reads;
    private final Opening opening = new Opening();
    private Runnable whenClosed;
    private long endAtSweep = -1;

    /**
     * Goes on behind what was found on disk.
     *
     * @param sealed segments of former runs
     * @param end the lsn of the next entry
     */
    ChronicleTopicLog(ChronicleTopicLogs logs, LogHome home, SealedSegments sealed, long end) {
        this.logs = logs;
        this.home = home;
        this.sealed = sealed;
        this.appends = new LogAppends(home, sealed, end, opening);
        this.commits =
                new Commits(home.lane(), home.loop().tasks(), this::force, this::forceFailed);
        this.syncs = new SyncSchedule(commits, home.loop().timer(), home.store().settings(), end);
        this.reads = new LogReads(home, sealed::contains, this::isCurrent);
    }

    @Override
    public void attach(Supplier<LogEntry.TopicState> state) {
        appends.attach(state);
    }

    @Override
    public long end() {
        return appends.end();
    }

    @Override
    public String refusal(int messages, long bytes) {
        return appends.refusal(messages, bytes);
    }

    @Override
    public long append(LogEntry entry) {
        long lsn = appends.append(entry);
        opening.seenEnd.lazySet(lsn);
        syncs.appended(appends.end(), appends.written());
        return lsn;
    }

    @Override
    public boolean isWritten() {
        return appends.written() == appends.end();
    }

    @Override
    public void whenDurable(Durability level, Consumer<String> done) {
        commits.add(appends.end(), appends.written(), level, done);
        if (appends.trouble() != null) commits.failed(appends.trouble());
    }

    /** What has to be done to make all that is in files by now survive the loss of power. */
    private FileLane.Work force() {
        SegmentWriter writer = appends.current();
        List<SegmentFile> files = sealed.takeUnforced();
        return () -> {
            SealedSegments.force(files);
            if (writer != null) writer.force();
        };
    }

    /** What a disk could not keep once, it may have dropped: nothing is added to that file. */
    private void forceFailed(Throwable failure) {
        LOG.log(System.Logger.Level.ERROR, "cannot force the log of " + home.topic(), failure);
        appends.seal();
    }

    @Override
    public void read(long fromLsn, int maxMessages, int maxBytes, Reader reader) {
        long end = appends.end();
        LogReader from = new LogReader(files(), appends.pendingFrom(fromLsn), maxBytes);
        reads.read(from, r -> r.messages(fromLsn, maxMessages, end), reader);
    }

    @Override
    public void read(long[] lsns, int maxBytes, Reader reader) {
        long first = lsns.length == 0 ? appends.end() : lsns[0];
        LogReader from = new LogReader(files(), appends.pendingFrom(first), maxBytes);
        reads.read(from, r -> r.entries(lsns), reader);
    }

    /** All segments as they are now, in order. */
    private List<SegmentFile> files() {
        SegmentWriter current = appends.current();
        return sealed.filesAnd(current == null ? null : current.file(appends.written()));
    }

    private boolean isCurrent(SegmentFile segment) {
        SegmentWriter current = appends.current();
        return current != null && current.firstLsn() == segment.from();
    }

    @Override
    public List<Segment> segments() {
        return sealed.shown();
    }

    @Override
    public void delete(Segment segment) {
        SegmentFile file = sealed.remove(segment);
        if (file == null) return;
        String what = "delete " + file.directory();
        home.lane().run(what, () -> Directories.delete(file.directory()));
    }

    @Override
    public void clear() {
        appends.clear();
        for (Segment segment : sealed.shown()) delete(segment);
    }

    @Override
    public long bytes() {
        return sealed.bytes() + appends.bytes();
    }

    @Override
    public long damagedCount() {
        return reads.damagedCount();
    }

    @Override
    public void delete(Runnable deleted) {
        reads.delete();
        syncs.end();
        clear();
        appends.stop();
        logs.deleting(home.topic(), this, home.lane());
        home.lane()
                .run(
                        () -> Directories.delete(home.directory()),
                        failure -> {
                            if (failure != null) {
                                LOG.log(
                                        System.Logger.Level.ERROR,
                                        "cannot delete " + home.directory(),
                                        failure);
                            }
                            logs.deleted(home.topic(), home.lane());
                            deleted.run();
                        });
    }

    @Override
    public void close(Runnable closed) {
        whenClosed = closed;
        if (appends.written() == appends.end() || appends.trouble() != null) finish();
    }

    private void finish() {
        Runnable closed = whenClosed;
        whenClosed = null;
        appends.appendLastState();
        long unwritten = appends.end() - appends.written();
        if (unwritten > 0) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "{0} entries of topic {1} are lost, for they cannot be written: {2}",
                    Long.toString(unwritten),
                    home.topic(),
                    appends.trouble());
            commits.failed(appends.trouble());
        }
        appends.stop();
        syncs.end();
        logs.closed(home.topic(), this);
        home.lane().run("force the log of " + home.topic(), force());
        home.lane().run(() -> {}, failure -> closed.run());
    }

    /** A sweep comes by; true when there is something left to look after. */
    boolean sweep() {
        if (endAtSweep == appends.end()) appends.closeIdle();
        endAtSweep = appends.end();
        return appends.isOpen();
    }

    /** The part that the other logs of this daemon know, which may live on other loops. */
    private final class Opening implements LogAppends.Listener, OpenSegments.Opened {
        /** The last lsn, for those who want to know whether there were more since. */
        private final AtomicLong seenEnd = new AtomicLong(-1);

        private long endWhenAsked = -1;

        @Override
        public void opened() {
            logs.opened(this);
        }

        @Override
        public void closed() {
            home.store().openSegments().remove(this);
        }

        @Override
        public void written(long lsn) {
            commits.written(lsn);
            if (whenClosed != null && lsn == appends.end()) finish();
        }

        @Override
        public void failed(String reason) {
            commits.failed(reason);
            if (whenClosed != null) finish();
        }

        @Override
        public boolean wasUsed() {
            long seen = seenEnd.get();
            boolean used = seen != endWhenAsked;
            endWhenAsked = seen;
            return used;
        }

        @Override
        public void askToClose() {
            home.loop().tasks().execute(appends::closeIdle);
        }
    }
}
