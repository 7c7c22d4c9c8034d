package io.sluice.admin.cluster;

/** A daemon gave no usable answer; the message goes on after the name of the daemon. */
public final class NoAnswer extends RuntimeException {
    private static final long serialVersionUID = 1;

    NoAnswer(String words) {
        super(words, null, false, false);
    }
}
