/**
 * nsqadmin: asks lookup nodes and queue daemons by HTTP, sums up what they answer, and shows it. It
 * knows nothing that any NSQ daemon would not tell it.
 */
package io.sluice.admin;
