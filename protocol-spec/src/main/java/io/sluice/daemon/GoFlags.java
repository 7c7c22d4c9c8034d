package io.sluice.daemon;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A command line as Go programs read it: {@code -x v}, {@code -x=v}, {@code --x v} and {@code
 * --x=v} are the same, a boolean takes its value only behind {@code =}, a value may start with a
 * dash, and reading stops at the first word that is no flag. Picocli converts the values.
 */
public final class GoFlags {
    /** What a boolean may be, as messages say it; each goes in capitals too. */
    public static final List<String> BOOLEANS = List.of("true", "false", "t", "f", "1", "0");

    private final CommandSpec spec;
    private final List<Given> given = new ArrayList<>();
    private boolean helpAsked;
    private int at;

    /**
     * Reads {@code args} by the flags that {@code spec} declares.
     *
     * @throws FlagException when a flag is unknown or lacks its value
     */
    public GoFlags(CommandSpec spec, String... args) {
        this.spec = spec;
        while (at < args.length && !helpAsked && isFlag(args[at])) read(args);
        if (at < args.length && args[at].equals("--")) at++;
    }

    /** A picocli command for an options object, set up for what {@link #given} holds. */
    public static CommandLine command(String name, Object options) {
        return new CommandLine(options)
                .setCommandName(name)
                .setOverwrittenOptionsAllowed(true)
                .setAllowOptionsAsOptionParameters(true)
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    /** What was given, in order; a list flag may come more than once. */
    public List<Given> given() {
        return given;
    }

    /** True when the usage is wanted instead of anything else. */
    public boolean helpAsked() {
        return helpAsked;
    }

    /** Index of the first word that is no flag; equal to the count of words when there is none. */
    public int flagWords() {
        return at;
    }

    private static boolean isFlag(String word) {
        return word.length() > 1 && word.startsWith("-") && !word.equals("--");
    }

    private void read(String[] args) {
        String word = args[at++];
        String text = word.substring(word.startsWith("--") ? 2 : 1);
        if (text.startsWith("-") || text.startsWith("=")) {
            throw new FlagException("bad flag syntax: " + word);
        }
        int equals = text.indexOf('=');
        String name = equals < 0 ? text : text.substring(0, equals);
        OptionSpec option = spec.optionsMap().get("--" + name);
        if (option == null) unknown(name);
        else if (equals >= 0) add(option, text.substring(equals + 1));
        else if (option.arity().min() == 0) add(option, alone(option));
        else if (at < args.length) add(option, args[at++]);
        else throw new FlagException("flag needs an argument: --" + name);
    }

    private void unknown(String name) {
        if (!name.equals("help") && !name.equals("h")) {
            throw new FlagException("flag provided but not defined: --" + name);
        }
        helpAsked = true;
    }

    private static String alone(OptionSpec option) {
        return option.fallbackValue() == null || option.fallbackValue().isEmpty()
                ? "true"
                : option.fallbackValue();
    }

    private void add(OptionSpec option, String value) {
        try {
            given.add(new Given(option, isBoolean(option) ? bool(value) : value));
        } catch (IllegalArgumentException e) {
            throw new FlagException(
                    "invalid value for flag " + option.longestName() + ": " + e.getMessage());
        }
    }

    static boolean isBoolean(OptionSpec option) {
        return option.type() == boolean.class || option.type() == Boolean.class;
    }

    /** {@code true} or {@code false} for any of Go's ways to write it; IllegalArgumentException. */
    public static String bool(String value) {
        return switch (value) {
            case "1", "t", "T", "true", "TRUE", "True" -> "true";
            case "0", "f", "F", "false", "FALSE", "False" -> "false";
            default ->
                    throw new IllegalArgumentException("'" + value + "' is not " + oneOf(BOOLEANS));
        };
    }

    /** As in {@code a, b or c}, for messages that say what is allowed. */
    public static String oneOf(List<String> words) {
        int last = words.size() - 1;
        return String.join(", ", words.subList(0, last)) + " or " + words.get(last);
    }

    /** How an option is marked; null when it is not. */
    static <A extends Annotation> A annotation(OptionSpec option, Class<A> type) {
        return ((AnnotatedElement) option.userObject()).getAnnotation(type);
    }

    /** One flag with its value, from the command line or from a file. */
    public record Given(OptionSpec option, String value) {
        /** The form in which picocli takes it, whatever the value looks like. */
        String word() {
            return option.longestName() + "=" + value;
        }
    }
}
