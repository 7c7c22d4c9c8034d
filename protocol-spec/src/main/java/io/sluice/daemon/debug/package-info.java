/** What {@code /debug} tells of a JVM, under the paths that NSQ has for a Go program. */
package io.sluice.daemon.debug;
