/**
 * Compression of a connection after IDENTIFY, for both sides: bytes in, bytes out, no I/O
 * (spec/tcp-v2.md, Compression).
 *
 * <p>Snappy needs {@code io.airlift:aircompressor} on the class path; deflate needs the JDK only.
 * From JDK 24 on the former warns of its use of memory unless it is allowed to:
 * {@code --sun-misc-unsafe-memory-access=allow}.
 */
package io.sluice.protocol.stream;
