package io.sluice.nsqd.store;

import io.sluice.nsqd.core.LogEntry.Ref;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;

/**
 * References as they are stored: those to neighbours with the same attempts and due time as one
 * run. Millions of them take as little memory as they take bytes.
 */
final class RefRuns extends AbstractList<Ref> implements RandomAccess {
    /** A run takes at least this many bytes. */
    private static final int MIN_RUN_BYTES = 4;

    /** Index just behind the last ref of each run. */
    private final int[] ends;

    private final long[] lsns;
    private final int[] attempts;
    private final long[] dueNs;
    private int lastRun;

    private RefRuns(int runs) {
        ends = new int[runs];
        lsns = new long[runs];
        attempts = new int[runs];
        dueNs = new long[runs];
    }

    static void write(List<Ref> refs, PayloadWriter out) {
        out.unsigned(runCount(refs));
        Ref first = null;
        long length = 0;
        Ref before = new Ref(0, 0, 0);
        for (Ref ref : refs) {
            if (first != null && continues(first, length, ref)) {
                length++;
                continue;
            }
            if (first != null) before = writeRun(first, length, before, out);
            first = ref;
            length = 1;
        }
        if (first != null) writeRun(first, length, before, out);
    }

    private static int runCount(List<Ref> refs) {
        int runs = 0;
        Ref first = null;
        long length = 0;
        for (Ref ref : refs) {
            if (first != null && continues(first, length, ref)) {
                length++;
            } else {
                runs++;
                first = ref;
                length = 1;
            }
        }
        return runs;
    }

    private static boolean continues(Ref first, long length, Ref ref) {
        return ref.lsn() == first.lsn() + length
                && ref.attempts() == first.attempts()
                && ref.dueNs() == first.dueNs();
    }

    /** Returns what the next run is told relative to. */
    private static Ref writeRun(Ref first, long length, Ref before, PayloadWriter out) {
        out.signed(first.lsn() - before.lsn());
        out.unsigned(length);
        out.unsigned(first.attempts() & 0xffffffffL);
        out.signed(first.dueNs() - before.dueNs());
        return new Ref(first.lsn() + length, 0, first.dueNs());
    }

    static RefRuns read(PayloadReader in) throws MalformedEntry {
        RefRuns runs = new RefRuns(in.count("runs of refs", in.remaining() / MIN_RUN_BYTES));
        long lsn = 0;
        long due = 0;
        int size = 0;
        for (int i = 0; i < runs.ends.length; i++) {
            lsn += in.signed();
            int length = in.count("refs", Integer.MAX_VALUE - size);
            if (length == 0) throw new MalformedEntry("an empty run of refs");
            size += length;
            runs.lsns[i] = lsn;
            runs.ends[i] = size;
            runs.attempts[i] = in.count("attempts", Integer.MAX_VALUE);
            due += in.signed();
            runs.dueNs[i] = due;
            lsn += length;
        }
        return runs;
    }

    @Override
    public Ref get(int index) {
        if (index < 0 || index >= size()) throw new IndexOutOfBoundsException(index);
        int run = lastRun;
        if (index >= ends[run] || index < start(run)) {
            run = Arrays.binarySearch(ends, index + 1);
            if (run < 0) run = -run - 1;
            // Lists are walked: the next one asked for is most often in the same run.
            lastRun = run;
        }
        return new Ref(lsns[run] + index - start(run), attempts[run], dueNs[run]);
    }

    private int start(int run) {
        return run == 0 ? 0 : ends[run - 1];
    }

    @Override
    public int size() {
        return ends.length == 0 ? 0 : ends[ends.length - 1];
    }
}
