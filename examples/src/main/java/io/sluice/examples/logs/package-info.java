/**
 * The log pipeline: {@link io.sluice.examples.logs.ShipLogs} on every host publishes the lines of
 * log files; {@link io.sluice.examples.logs.IndexLogs} puts them where they can be searched, and
 * {@link io.sluice.examples.logs.ArchiveLogs} where they can be kept. Each may be killed at any
 * moment, and every line arrives at least once.
 */
package io.sluice.examples.logs;
