package io.sluice.client;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The JVM's virtual threads, where it has them: since Java 21. One method that this library, built
 * for Java 17, cannot name is looked up once; a class for each version in the jar would need a
 * second JDK to build it.
 */
final class VirtualThreads {
    private static final MethodHandle NEW_EXECUTOR = find();

    private VirtualThreads() {}

    private static MethodHandle find() {
        try {
            return MethodHandles.publicLookup()
                    .findStatic(
                            Executors.class,
                            "newVirtualThreadPerTaskExecutor",
                            MethodType.methodType(ExecutorService.class));
        } catch (NoSuchMethodException | IllegalAccessException e) {
            return null;
        }
    }

    static boolean exist() {
        return NEW_EXECUTOR != null;
    }

    /** Runs each task on a virtual thread of its own; only where these {@link #exist}. */
    static ExecutorService newExecutor() {
        try {
            return (ExecutorService) NEW_EXECUTOR.invokeExact();
        } catch (Throwable e) {
            throw new AssertionError("an executor for virtual threads", e);
        }
    }
}
