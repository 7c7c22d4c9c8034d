/**
 * The benchmark, which measures any daemon that speaks NSQ's protocol, by its address. Each package
 * uses those before it: {@code wire}, {@code daemon}, {@code load} and {@code measure}, {@code
 * scenario}, and then this one, the command and its report.
 */
package io.sluice.examples.bench;
