/**
 * What is known of a cluster: one collector asks every lookup node and queue daemon, and all that
 * is shown is made of its last answers. Belongs to one event loop.
 */
package io.sluice.admin.cluster;
