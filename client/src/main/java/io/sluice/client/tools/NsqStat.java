package io.sluice.client.tools;

/** The command {@code nsq_stat}: prints how a channel does, all daemons together. */
public final class NsqStat {
    private NsqStat() {}

    /** Prints until a signal comes, or enough is printed. */
    public static void main(String[] args) {
        ToolProcess.run(
                "nsq_stat", StatOptions::new, options -> Stat.start(options, System.out), args);
    }
}
