/**
 * What the daemon keeps on disk. Topics' logs are written through Chronicle Queue and read without
 * it.
 */
package io.sluice.nsqd.store;
