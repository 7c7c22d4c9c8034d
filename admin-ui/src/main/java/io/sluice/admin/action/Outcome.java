package io.sluice.admin.action;

/**
 * What became of an action on one daemon.
 *
 * @param daemon {@code nsqd} or {@code nsqlookupd}
 * @param problem why not, to follow the address; null when it is done
 */
public record Outcome(String daemon, String address, String problem) {
    /** True when it is done. */
    public boolean isDone() {
        return problem == null;
    }

    /** A sentence without its end. */
    public String inWords() {
        return daemon + " " + address + " " + (problem == null ? "has done it" : problem);
    }
}
