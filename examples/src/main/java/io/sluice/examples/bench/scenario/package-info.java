/** What can be measured: each scenario puts a daemon under a load and returns figures. */
package io.sluice.examples.bench.scenario;
