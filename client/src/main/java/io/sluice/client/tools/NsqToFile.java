package io.sluice.client.tools;

import io.sluice.daemon.ToolFlags;
import java.io.PrintStream;

/** The command {@code nsq_to_file}: writes the messages of topics to files. */
public final class NsqToFile {
    private NsqToFile() {}

    /** The only one of NSQ's tools that minds words behind its flags. */
    static ToolFlags<ToFileOptions> flags(PrintStream out, PrintStream err) {
        return new ToolFlags<>("nsq_to_file", ToFileOptions::new, out, err).refuseWords();
    }

    /** Writes until a signal comes, or something cannot be written. */
    public static void main(String[] args) {
        ToolProcess.run("nsq_to_file", flags(System.out, System.err), ToFile::start, args);
    }
}
