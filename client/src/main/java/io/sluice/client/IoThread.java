package io.sluice.client;

/** A thread of a producer or consumer. It keeps no JVM alive, and knows whose it is. */
final class IoThread extends Thread {
    private static final ThreadLocal<Object> OWNER = new ThreadLocal<>();

    IoThread(Object owner, String name, Runnable task) {
        super(() -> runFor(owner, task), name);
        setDaemon(true);
    }

    /** Runs a task as one of {@code owner}, on whatever thread this is. */
    static void runFor(Object owner, Runnable task) {
        Object before = OWNER.get();
        OWNER.set(owner);
        try {
            task.run();
        } finally {
            if (before == null) OWNER.remove();
            else OWNER.set(before);
        }
    }

    /** True when the calling thread is one of {@code owner}, which must then not wait for it. */
    static boolean isOf(Object owner) {
        return OWNER.get() == owner;
    }
}
