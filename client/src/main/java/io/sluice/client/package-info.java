/**
 * Publishing to and consuming from nsqd: {@link io.sluice.client.Producer} and {@link
 * io.sluice.client.Consumer}. What goes wrong is a {@link io.sluice.client.NsqException}.
 */
package io.sluice.client;
