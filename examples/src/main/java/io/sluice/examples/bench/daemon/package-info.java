/** What is measured: a daemon by its addresses and its process, or a sink that acknowledges. */
package io.sluice.examples.bench.daemon;
