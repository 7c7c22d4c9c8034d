/** Metrics of producers and consumers for Micrometer, which the library does not need otherwise. */
package io.sluice.client.micrometer;
