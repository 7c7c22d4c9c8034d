package io.sluice.nsqd.store;

import java.nio.file.Path;

/**
 * A part of a segment's file that cannot be read.
 *
 * @param offset of its first byte
 * @param fromLsn of the first entry that was there
 * @param entries how many were there; -1 when nothing tells
 * @param why in a few words
 */
public record DamagedPlace(
        Kind kind, Path file, long offset, long bytes, long fromLsn, long entries, String why) {
    /** What is broken, and with it how it can be mended. */
    public enum Kind {
        /** Entries between others. */
        ENTRIES,
        /** The segment's first record, and maybe entries behind it. */
        HEADER,
        /** What comes behind the last good entry. */
        TAIL,
        /** All of the segment. */
        SEGMENT,
        /** Nothing: a later version of this daemon wrote it. */
        LATER_VERSION
    }

    @Override
    public String toString() {
        String place = file + " at byte " + offset + ", " + bytes + " bytes: " + why;
        if (entries <= 0) return place;
        return place + ", lsn " + fromLsn + " to " + (fromLsn + entries - 1);
    }
}
