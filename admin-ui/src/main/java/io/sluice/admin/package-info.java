/**
 * nsqadmin: asks lookup nodes and queue daemons by HTTP, sums up what they answer, shows it, and
 * has them change it. {@code cluster} is what is known, {@code action} what can be done, {@code
 * access} who may, {@code api} the JSON that NSQ's has too, {@code web} the page.
 */
package io.sluice.admin;
