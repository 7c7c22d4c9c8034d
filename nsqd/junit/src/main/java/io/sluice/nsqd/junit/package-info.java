/** A real nsqd for tests, in their own JVM: {@link io.sluice.nsqd.junit.WithNsqd}. */
package io.sluice.nsqd.junit;
