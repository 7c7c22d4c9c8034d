package io.sluice.daemon;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;

/**
 * Signals of the system. The JDK's class for them is in the module of those that stay because there
 * is nothing else, but the compiler takes every use of it by its name for an error.
 */
public final class Signals {
    private static final String SIGNAL = "sun.misc.Signal";
    private static final String HANDLER = "sun.misc.SignalHandler";

    private Signals() {}

    /** Runs the task, in a thread of its own, whenever one of these comes. */
    public static void handle(List<String> names, Runnable task) {
        try {
            Class<?> signal = Class.forName(SIGNAL);
            Class<?> handler = Class.forName(HANDLER);
            Object calling = calling(handler, task);
            for (String name : names) {
                signal.getMethod("handle", signal, handler)
                        .invoke(
                                null,
                                signal.getConstructor(String.class).newInstance(name),
                                calling);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this JVM does not tell of signals", e);
        }
    }

    private static Object calling(Class<?> handler, Runnable task) {
        InvocationHandler calls =
                (proxy, method, args) -> {
                    if (method.getName().equals("handle")) task.run();
                    return null;
                };
        return Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, calls);
    }
}
