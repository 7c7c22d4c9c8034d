package io.sluice.nsqd.sim;

import io.sluice.nsqd.core.Durability;

/** How a daemon ends, and at which level it worked. */
enum Crash {
    /** What was appended is there. */
    KILL_AT_OS(Durability.OS),
    KILL_AT_MEM(Durability.MEM),

    /** Of what was appended after the last sync some is there, and some is not. */
    POWER_LOSS_AT_FSYNC(Durability.FSYNC),

    /** The daemon is told to stop. */
    STOP_AT_MEM(Durability.MEM),
    STOP_AT_OS(Durability.OS),

    /** It is killed, and single messages can't be read any more. */
    DAMAGE_AT_OS(Durability.OS),

    /** It is killed, and the newest states can't be read any more. */
    LOST_STATE_AT_OS(Durability.OS);

    final Durability durability;

    Crash(Durability durability) {
        this.durability = durability;
    }

    boolean isStop() {
        return this == STOP_AT_MEM || this == STOP_AT_OS;
    }

    /** What is in the log when it ends is in the log when it starts again. */
    boolean keepsLog() {
        return this != POWER_LOSS_AT_FSYNC;
    }
}
