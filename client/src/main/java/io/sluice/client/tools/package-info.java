/** The command-line tools, with NSQ's names and flags. Not part of the library. */
package io.sluice.client.tools;
