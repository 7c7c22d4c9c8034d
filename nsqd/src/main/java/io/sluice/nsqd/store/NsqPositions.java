package io.sluice.nsqd.store;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far a disk queue of NSQ had been read and written when it was last synced: its {@code
 * meta.dat}.
 *
 * <pre>
 * depth
 * readFile,readPosition
 * writeFile,writePosition
 * </pre>
 */
record NsqPositions(
        long depth, long readFile, long readPosition, long writeFile, long writePosition) {
    private static final Pattern FORM =
            Pattern.compile("(-?\\d{1,18})\n(\\d{1,18}),(\\d{1,18})\n(\\d{1,18}),(\\d{1,18})\n?");

    /** Null when the text is not of this form. */
    static NsqPositions parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) return null;
        return new NsqPositions(
                Long.parseLong(form.group(1)),
                Long.parseLong(form.group(2)),
                Long.parseLong(form.group(3)),
                Long.parseLong(form.group(4)),
                Long.parseLong(form.group(5)));
    }
}
