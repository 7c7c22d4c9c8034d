/** The lookup daemon: its flags, its two listeners, and what it answers. */
package io.sluice.lookupd;
