package io.sluice.nsqd.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Messages just logged that are at hand for those who have nearly caught up. */
final class RecentMessages {
    private static final int MAX = 1_024;
    private static final int MAX_BYTES = 256 * 1024;

    private final Deque<Publication> recent = new ArrayDeque<>();
    private int bytes;

    void add(Publication publication) {
        if (publication.byteCount() > MAX_BYTES) {
            clear();
            return;
        }
        publication.keepBody();
        recent.add(publication);
        bytes += publication.byteCount();
        while (recent.size() > MAX || bytes > MAX_BYTES) {
            bytes -= recent.remove().byteCount();
        }
    }

    void clear() {
        recent.clear();
        bytes = 0;
    }

    /** Those from this lsn on, or null when not all of them are at hand. */
    List<Publication> from(long lsn, long until) {
        if (recent.isEmpty() || recent.peek().lsn() > lsn) return null;
        List<Publication> found = new ArrayList<>();
        for (Publication publication : recent) {
            if (publication.lsn() >= until) break;
            if (publication.lsn() >= lsn) found.add(publication);
        }
        return found;
    }
}
