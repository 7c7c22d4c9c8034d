/** What goes over one connection: commands and requests with their messages, and the answers. */
package io.sluice.examples.bench.wire;
