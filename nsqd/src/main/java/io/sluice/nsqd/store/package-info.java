/** Topics' logs on disk: written through Chronicle Queue, read without it. */
package io.sluice.nsqd.store;
