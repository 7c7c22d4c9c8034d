/** Which daemon has which topic: plain state of one thread, told the time, without any I/O. */
package io.sluice.lookupd.registry;
