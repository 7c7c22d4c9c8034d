package io.sluice.client.tools;

/** The command {@code nsq_to_nsq}: publishes the messages of topics elsewhere. */
public final class NsqToNsq {
    private NsqToNsq() {}

    /** Publishes until a signal comes. */
    public static void main(String[] args) {
        ToolProcess.run("nsq_to_nsq", ToNsqdOptions::new, ToNsqd::start, args);
    }
}
