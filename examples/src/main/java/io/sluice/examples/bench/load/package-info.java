/** Threads that publish and consume numbered messages, and the proof that each came once. */
package io.sluice.examples.bench.load;
