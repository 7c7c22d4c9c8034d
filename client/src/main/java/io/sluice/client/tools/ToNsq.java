package io.sluice.client.tools;

/** The command {@code to_nsq}: publishes the pieces of standard input. */
public final class ToNsq {
    private ToNsq() {}

    /** Publishes until the input ends, or a publish fails. */
    public static void main(String[] args) {
        ToolProcess.run(
                "to_nsq",
                ToNsqOptions::new,
                options -> StdinPublisher.start(options, System.in),
                args);
    }
}
