package io.sluice.daemon;

import io.sluice.daemon.GoFlags.Given;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** What a command-line tool does before its work: it reads its flags, or says why it cannot. */
public final class ToolFlags<O> {
    private static final int DONE = 0;
    private static final int BAD_VALUE = 1;
    private static final int BAD_FLAGS = 2;

    private final String tool;
    private final Supplier<O> unset;
    private final PrintStream out;
    private final PrintStream err;
    private boolean refusesWords;
    private int exitCode = DONE;

    /**
     * Flags of the tool of this name, declared by picocli's annotations in the objects that {@code
     * unset} makes. What was asked for goes to {@code out}, the usage and complaints to {@code
     * err}.
     */
    public ToolFlags(String tool, Supplier<O> unset, PrintStream out, PrintStream err) {
        this.tool = tool;
        this.unset = unset;
        this.out = out;
        this.err = err;
    }

    /** Refuses words behind the flags, which are ignored otherwise. */
    public ToolFlags<O> refuseWords() {
        refusesWords = true;
        return this;
    }

    /** What to work with; empty when all is said already, and {@link #exitCode} is all there is. */
    public Optional<O> read(String... args) {
        O options = unset.get();
        CommandLine command = GoFlags.command(tool, options);
        int wordsFrom;
        try {
            GoFlags flags = new GoFlags(command.getCommandSpec(), args);
            command.parseArgs(flags.given().stream().map(Given::word).toArray(String[]::new));
            wordsFrom = flags.flagWords();
            if (flags.helpAsked()) {
                err.print(Usage.of(defaults()));
                return Optional.empty();
            }
        } catch (FlagException | ParameterException e) {
            err.println(e.getMessage());
            err.print(Usage.of(defaults()));
            exitCode = BAD_FLAGS;
            return Optional.empty();
        }
        List<String> words = List.of(args).subList(wordsFrom, args.length);
        if (refusesWords && !words.isEmpty()) {
            err.println(tool + ": unknown arguments: [" + String.join(" ", words) + "]");
            exitCode = BAD_VALUE;
            return Optional.empty();
        }
        OptionSpec version = command.getCommandSpec().findOption("--version");
        if (version != null && Boolean.TRUE.equals(version.getValue())) {
            out.println(tool + " v" + Version.FULL);
            return Optional.empty();
        }
        return Optional.of(options);
    }

    private CommandLine defaults() {
        CommandLine defaults = GoFlags.command(tool, unset.get());
        defaults.parseArgs();
        return defaults;
    }

    /** How to end when {@link #read} gave nothing. */
    public int exitCode() {
        return exitCode;
    }
}
