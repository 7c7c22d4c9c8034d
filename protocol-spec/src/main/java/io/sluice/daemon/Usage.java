package io.sluice.daemon;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The list of all flags, laid out as Go programs lay it out. */
final class Usage {
    private Usage() {}

    /** The usage of a command that has been given no words, so that its values are defaults. */
    static String of(CommandLine defaults) {
        StringBuilder out = new StringBuilder("Usage of " + defaults.getCommandName() + ":\n");
        List<OptionSpec> options = defaults.getCommandSpec().options();
        options.stream()
                .sorted(Comparator.comparing(OptionSpec::longestName))
                .forEach(option -> append(option, out));
        return out.toString();
    }

    private static void append(OptionSpec option, StringBuilder out) {
        String type = type(option);
        out.append("  ").append(option.longestName());
        if (!type.isEmpty()) out.append(' ').append(type);
        out.append("\n    \t").append(String.join(" ", option.description()));
        out.append(shown(option.getValue())).append('\n');
    }

    private static String type(OptionSpec option) {
        if (GoFlags.isBoolean(option)) return "";
        if (!option.paramLabel().startsWith("<")) return option.paramLabel();
        if (option.isMultiValue()) return "value";
        if (ListenAddress.class.isAssignableFrom(option.type())) return "address";
        return option.type().getSimpleName().toLowerCase(Locale.ROOT);
    }

    private static String shown(Object value) {
        if (value == null || value.equals(0) || value.equals(0L) || value.equals(false)) return "";
        if (value.equals("") || value instanceof Collection<?> c && c.isEmpty()) return "";
        if (value instanceof Duration d) return " (default " + GoDuration.format(d) + ")";
        if (value instanceof String s) return " (default \"" + s + "\")";
        return " (default " + value + ")";
    }
}
