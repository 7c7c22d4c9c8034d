package io.sluice.lookupd;

import java.util.concurrent.Callable;
import java.util.function.Predicate;

/** Asks again until the answer is the wanted one: for what another process's thread has to do. */
final class Eventually {
    private static final long DEADLINE_NS = 10_000_000_000L;

    private Eventually() {}

    static <T> T get(Callable<T> question, Predicate<T> wanted) throws Exception {
        long endNs = System.nanoTime() + DEADLINE_NS;
        T answer = question.call();
        while (!wanted.test(answer)) {
            if (System.nanoTime() > endNs) throw new AssertionError("still " + answer);
            answer = question.call();
        }
        return answer;
    }
}
