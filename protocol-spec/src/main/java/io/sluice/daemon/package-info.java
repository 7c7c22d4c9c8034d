/**
 * What the daemons share, and nothing else: how flags and configuration files are written, how a
 * daemon starts, logs and stops, and how its HTTP API answers.
 */
package io.sluice.daemon;
