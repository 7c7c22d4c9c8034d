/** Small programs to copy from: each does one thing with the client. */
package io.sluice.examples;
