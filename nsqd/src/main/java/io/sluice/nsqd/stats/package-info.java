/** What the daemon tells of itself: numbers gathered from all loops, and the forms they take. */
package io.sluice.nsqd.stats;
