/** What can be done to a cluster, what became of it on each daemon, and the record of it all. */
package io.sluice.admin.action;
