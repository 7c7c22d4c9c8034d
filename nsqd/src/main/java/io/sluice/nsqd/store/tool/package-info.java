/** The command nsqd-log, which looks at logs while no daemon runs. */
package io.sluice.nsqd.store.tool;
