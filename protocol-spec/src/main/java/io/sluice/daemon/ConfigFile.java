package io.sluice.daemon;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import io.sluice.daemon.GoFlags.Given;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A TOML file of flat keys: each is a flag with underscores, unless the option says otherwise with
 * {@link ConfigKey}. Keys that belong to no flag are ignored.
 */
final class ConfigFile {
    private static final Set<Class<?>> NUMBERS =
            Set.of(int.class, long.class, double.class, Integer.class, Long.class, Double.class);

    private final Path file;
    private final JsonNode keys;

    /** Throws StartException when the file is missing or is not TOML. */
    ConfigFile(Path file) {
        this.file = file;
        this.keys = read(file);
    }

    private static JsonNode read(Path file) {
        try {
            return new TomlMapper().readTree(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            throw failure(file, "no such file", e);
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw failure(file, "line " + line + ": " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw failure(file, e.toString(), e);
        }
    }

    private static StartException failure(Path file, String why, Throwable cause) {
        return new StartException("failed to load config file " + file + ": " + why, cause);
    }

    /** The failure for a value that its option does not take. */
    StartException badValue(OptionSpec option, Exception why) {
        return failure(file, key(option) + ": " + why.getMessage(), why);
    }

    /** The options that the file sets, as if given on the command line. */
    List<Given> given(CommandSpec spec) {
        List<Given> given = new ArrayList<>();
        for (OptionSpec option : spec.options()) {
            JsonNode value = keys.get(key(option));
            if (value == null) continue;
            try {
                for (String text : texts(option, value)) given.add(new Given(option, text));
            } catch (IllegalArgumentException e) {
                throw badValue(option, e);
            }
        }
        return given;
    }

    /** The name of an option in the file; empty when only the command line knows it. */
    static String key(OptionSpec option) {
        ConfigKey key = GoFlags.annotation(option, ConfigKey.class);
        return key == null ? option.longestName().substring(2).replace('-', '_') : key.value();
    }

    private static List<String> texts(OptionSpec option, JsonNode value) {
        if (!option.isMultiValue()) return List.of(text(option.type(), option, value));
        Class<?> item = option.auxiliaryTypes()[0];
        List<String> texts = new ArrayList<>();
        if (value.isArray()) {
            for (JsonNode node : value) texts.add(text(item, option, node));
        } else if (value.isTextual()) {
            for (String text : value.textValue().split(",")) texts.add(text.strip());
        } else {
            throw notOne("an array of strings or one comma-separated string", value);
        }
        return texts;
    }

    private static String text(Class<?> type, OptionSpec option, JsonNode value) {
        if (GoFlags.isBoolean(option)) {
            if (value.isBoolean() || value.isTextual() || value.isInt()) {
                return GoFlags.bool(value.asText());
            }
            throw notOne(GoFlags.oneOf(GoFlags.BOOLEANS), value);
        }
        if (value.isTextual()) return value.textValue();
        if (type == Duration.class) {
            if (value.isIntegralNumber()) return value.asText() + "ms";
            throw notOne("a duration such as \"60s\" or a whole number of milliseconds", value);
        }
        if (NUMBERS.contains(type)) {
            if (value.isNumber()) return value.asText();
            throw notOne("a number", value);
        }
        // A word that may also be a boolean, as tls_required.
        if (option.arity().min() == 0 && value.isBoolean()) return value.asText();
        throw notOne("a string in quotes", value);
    }

    private static IllegalArgumentException notOne(String allowed, JsonNode value) {
        return new IllegalArgumentException(value + " is not " + allowed);
    }
}
