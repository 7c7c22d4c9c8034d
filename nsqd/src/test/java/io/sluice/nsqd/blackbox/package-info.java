/**
 * Tests that know nothing of a daemon but its address, and talk to it by socket. Most of them can
 * be run against any nsqd: {@code -Dnsqd.tcp=host:port} names one.
 */
package io.sluice.nsqd.blackbox;
