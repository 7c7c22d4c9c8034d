package io.sluice.daemon;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * The options of a daemon that runs. A change makes new options, which are validated as at the
 * start; then the daemon takes from them what can change. Used by any thread.
 */
public final class LiveOptions<O extends DaemonOptions> {
    private static final String STAYS = " stays what it was set to while the daemon runs";
    private static final String NEEDS_RESTART = " has changed, which needs a restart";

    private final Daemon<O> daemon;
    private final Consumer<O> takeOver;
    private volatile O current;

    /** Not made before it is asked for: that takes a twentieth of a start's time. */
    private Supplier<CommandSpec> lastRead;

    /** The daemon runs with these, and is told by {@code takeOver} when they have changed. */
    public LiveOptions(Daemon<O> daemon, O options, Consumer<O> takeOver) {
        this.daemon = daemon;
        this.current = options;
        this.lastRead = () -> spec(options);
        this.takeOver = takeOver;
    }

    /** As they are now. */
    public O now() {
        return current;
    }

    /** The option with this key in configuration files; null when there is none. */
    OptionSpec find(String key) {
        for (OptionSpec option : spec(current).options()) {
            if (!key.isEmpty() && ConfigFile.key(option).equals(key)) return option;
        }
        return null;
    }

    private CommandSpec spec(O options) {
        return GoFlags.command(daemon.name(), options).getCommandSpec();
    }

    static boolean isChangeable(OptionSpec option) {
        return GoFlags.annotation(option, Changeable.class) != null;
    }

    /**
     * Changes one option.
     *
     * @param values as on the command line; several, or none, for a list
     * @throws IllegalArgumentException when they are not allowed
     */
    synchronized void change(String flag, List<String> values) {
        List<String> words = new ArrayList<>();
        for (String value : values) words.add(flag + "=" + value);
        O changed = daemon.options();
        CommandLine command = GoFlags.command(daemon.name(), changed);
        try {
            command.parseArgs(words.toArray(String[]::new));
            CommandSpec now = spec(current);
            for (OptionSpec option : command.getCommandSpec().options()) {
                if (!option.longestName().equals(flag)) copy(now, option);
            }
            changed.validate();
        } catch (ParameterException | StartException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        use(changed);
    }

    private static void copy(CommandSpec from, OptionSpec to) {
        to.setValue(from.findOption(to.longestName()).getValue());
    }

    /**
     * Takes over what was read anew, as far as it has changed since it was read before and can be
     * changed; logs what cannot. What was changed while the daemon runs stays.
     *
     * @param read options of this daemon, validated
     */
    synchronized void reload(CommandSpec read) {
        O changed = daemon.options();
        CommandSpec to = spec(changed);
        CommandSpec now = spec(current);
        CommandSpec before = lastRead.get();
        boolean any = false;
        for (OptionSpec option : to.options()) {
            String flag = option.longestName();
            Object value = read.findOption(flag).getValue();
            boolean differs = !Objects.equals(value, now.findOption(flag).getValue());
            boolean isNew = !Objects.equals(value, before.findOption(flag).getValue());
            if (differs && isNew && isChangeable(option)) {
                option.setValue(value);
                any = true;
                log("reload: " + flag + " is " + value + " now");
                continue;
            }
            copy(now, option);
            if (!differs) continue;
            log("reload: " + flag + (isChangeable(option) ? STAYS : NEEDS_RESTART));
        }
        lastRead = () -> read;
        if (any) use(changed);
        else log("reload: nothing has changed that can be taken over");
    }

    private void log(String text) {
        System.getLogger(daemon.getClass().getPackageName()).log(System.Logger.Level.INFO, text);
    }

    private void use(O changed) {
        LogLevel level = changed.common().logLevel();
        if (level != current.common().logLevel()) {
            LogFormat.level(daemon.getClass().getPackageName(), level);
        }
        current = changed;
        takeOver.accept(changed);
    }
}
