/** Metrics in the format of Prometheus: its form, and what all daemons have to tell. */
package io.sluice.daemon.metrics;
