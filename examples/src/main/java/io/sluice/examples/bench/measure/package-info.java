/** Figures, and what they are taken from: the clock, a daemon's process, the disk. */
package io.sluice.examples.bench.measure;
