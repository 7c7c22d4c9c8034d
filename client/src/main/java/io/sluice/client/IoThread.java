package io.sluice.client;

/** A thread of a producer or consumer. It keeps no JVM alive, and knows whose it is. */
final class IoThread extends Thread {
    private final Object owner;

    IoThread(Object owner, String name, Runnable task) {
        super(task, name);
        this.owner = owner;
        setDaemon(true);
    }

    /** True when the calling thread is one of {@code owner}, which must then not wait for it. */
    static boolean isOf(Object owner) {
        return Thread.currentThread() instanceof IoThread thread && thread.owner == owner;
    }
}
