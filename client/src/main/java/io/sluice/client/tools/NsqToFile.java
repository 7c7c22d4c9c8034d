package io.sluice.client.tools;

/** The command {@code nsq_to_file}: writes the messages of topics to files. */
public final class NsqToFile {
    private NsqToFile() {}

    /** Writes until a signal comes, or something cannot be written. */
    public static void main(String[] args) {
        ToolProcess.run("nsq_to_file", ToFileOptions::new, ToFile::start, args);
    }
}
