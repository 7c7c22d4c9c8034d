/** The HTTP API of nsqd: publishing, topics and channels, statistics. */
package io.sluice.nsqd.http;
