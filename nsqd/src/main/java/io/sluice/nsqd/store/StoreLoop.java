package io.sluice.nsqd.store;

import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.ObjLongConsumer;

/**
 * The loop that topics live on, as their logs see it.
 *
 * @param tasks runs something on the loop, later and as a turn of its own; from any thread
 * @param nowNs the loop's time; only asked on the loop
 * @param timer runs something on the loop after so many milliseconds; only asked on the loop
 */
public record StoreLoop(Executor tasks, LongSupplier nowNs, ObjLongConsumer<Runnable> timer) {}
