/**
 * Topics, channels and their consumers, as plain single-threaded state. Nothing here knows a
 * thread, a socket, a file, a clock or a random number: time is passed in, in nanoseconds since the
 * epoch, and never goes back.
 */
package io.sluice.nsqd.core;
