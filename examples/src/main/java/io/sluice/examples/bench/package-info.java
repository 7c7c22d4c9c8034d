/** The benchmark, which measures any daemon that speaks NSQ's protocol, by its address. */
package io.sluice.examples.bench;
