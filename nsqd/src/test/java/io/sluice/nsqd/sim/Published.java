package io.sluice.nsqd.sim;

import io.sluice.protocol.Bytes;

/**
 * A message that the world published; its body is its number, by which the model knows it again.
 *
 * @param number rises with every message of the world
 * @param dueNs when it may be delivered at the earliest
 */
record Published(int number, long timestampNs, long dueNs) {
    Bytes body() {
        return body(number);
    }

    static Bytes body(int number) {
        return Bytes.utf8("m" + number);
    }

    static int number(Bytes body) {
        return Integer.parseInt(body.utf8().substring(1));
    }
}
