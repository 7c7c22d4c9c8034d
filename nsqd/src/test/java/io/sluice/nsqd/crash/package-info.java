/**
 * Tests that end daemons in every way and look at what is left. Each daemon is a process of its
 * own. They can be run with another nsqd: {@code -Dsluice.nsqd.command=PATH} names its program. It
 * is not told what only Sluice understands, so some tests show what it loses.
 */
package io.sluice.nsqd.crash;
