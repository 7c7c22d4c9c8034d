/** The protocol as values and codecs. No input or output, and nothing but the JDK. */
package io.sluice.protocol;
