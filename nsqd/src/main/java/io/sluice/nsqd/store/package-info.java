/** What the daemon keeps on disk. */
package io.sluice.nsqd.store;
