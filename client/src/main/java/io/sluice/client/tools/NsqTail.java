package io.sluice.client.tools;

import java.io.FileDescriptor;
import java.io.FileOutputStream;

/** The command {@code nsq_tail}: prints the messages of topics to standard output. */
public final class NsqTail {
    private NsqTail() {}

    /** Prints until a signal comes, or enough is printed. */
    public static void main(String[] args) {
        // Not System.out, which would not tell that nobody reads any more.
        FileOutputStream out = new FileOutputStream(FileDescriptor.out);
        ToolProcess.run("nsq_tail", TailOptions::new, options -> Tail.start(options, out), args);
    }
}
