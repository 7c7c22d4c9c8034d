package io.sluice.nsqd.net;

/**
 * What a connection goes through from the answer to IDENTIFY on.
 *
 * @param deflateLevel 1 to 9; 0 for no deflate
 */
record Layers(boolean tls, boolean snappy, int deflateLevel) {
    static final Layers NONE = new Layers(false, false, 0);

    boolean deflate() {
        return deflateLevel > 0;
    }

    boolean isEmpty() {
        return equals(NONE);
    }
}
