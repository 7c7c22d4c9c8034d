package io.sluice.admin.action;

import java.util.List;

/**
 * What became of an action on one daemon.
 *
 * @param daemon {@code nsqd} or {@code nsqlookupd}
 * @param problem why not, or not all of it, to follow the address; null when it is done
 * @param messages that it was done with; 0 when it is not about messages
 */
public record Outcome(String daemon, String address, String problem, long messages) {
    /** That of an action which is not about messages. */
    public Outcome(String daemon, String address, String problem) {
        this(daemon, address, problem, 0);
    }

    /** True when it is done. */
    public boolean isDone() {
        return problem == null;
    }

    /** On how many of these daemons it is done. */
    public static long done(List<Outcome> outcomes) {
        return outcomes.stream().filter(Outcome::isDone).count();
    }

    /** The messages of all of them. */
    public static long messages(List<Outcome> outcomes) {
        return outcomes.stream().mapToLong(Outcome::messages).sum();
    }

    /** A sentence without its end. */
    public String inWords() {
        return daemon + " " + address + " " + (problem == null ? "has done it" : problem);
    }
}
