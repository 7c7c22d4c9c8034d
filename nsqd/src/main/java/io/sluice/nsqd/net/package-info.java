/** Threads and sockets around the core: loops that own topics, and connections that reach them. */
package io.sluice.nsqd.net;
