/**
 * The log pipeline: {@link io.sluice.examples.logs.ShipLogs} on every host publishes the lines of
 * log files; {@link io.sluice.examples.logs.IndexLogs} puts them where they can be searched, and
 * {@link io.sluice.examples.logs.ArchiveLogs} where they can be kept. Each may be killed at any
 * moment, and every line arrives at least once.
 *
 * <p>A channel gets what is published from the moment on that it exists. So before the first line
 * is shipped, either have both consumers run, or make their channels:
 *
 * <pre>{@code
 * curl -X POST 'http://127.0.0.1:4151/topic/create?topic=logs'
 * curl -X POST 'http://127.0.0.1:4151/channel/create?topic=logs&channel=index'
 * curl -X POST 'http://127.0.0.1:4151/channel/create?topic=logs&channel=archive'
 * }</pre>
 */
package io.sluice.examples.logs;
