package io.sluice.nsqd.sim;

import io.sluice.nsqd.core.LogEntry.Message;
import io.sluice.nsqd.core.LogEntry.Reach;
import io.sluice.protocol.ChannelName;
import io.sluice.protocol.TopicName;
import java.util.Set;
import java.util.TreeSet;

/** A topic over all lives of its daemon. */
final class CrashTopic {
    final TopicName name;
    final Ledger ledger;
    final Set<ChannelName> pausedChannels = new TreeSet<>();
    private SimulatedLog log;
    private long seenLsn;

    CrashTopic(String name, Crash crash, SimulatedLog log) {
        this.name = new TopicName(name);
        this.log = log;
        ledger = new Ledger(crash);
    }

    SimulatedLog log() {
        return log;
    }

    /** What is left of its log, to go on with. */
    void goOnWith(SimulatedLog found) {
        log = found;
        seenLsn = 0;
    }

    /** What becomes durable may be counted on from then on. */
    void watchLog() {
        if (seenLsn >= log.end()) return;
        log.entries
                .tailMap(seenLsn, true)
                .forEach(
                        (lsn, entry) -> {
                            if (!(entry instanceof Message m) || m.reach() == Reach.ASIDE) return;
                            ledger.logged(Published.number(m.body()));
                        });
        seenLsn = log.end();
    }

    @Override
    public String toString() {
        return name.value();
    }
}
