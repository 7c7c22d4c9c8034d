package io.sluice.daemon;

/** An options class of a daemon: picocli fields, and the flags all have as a mixin. */
public interface DaemonOptions {
    /** The mixin. */
    CommonOptions common();

    /**
     * Says no before anything is opened, naming the flag as its user typed it.
     *
     * @throws StartException when a value is not allowed
     */
    void validate();

    /**
     * The value of an option as {@code /config} tells it, where that is not the value itself.
     *
     * @param key in configuration files
     */
    default Object shown(String key, Object value) {
        return value;
    }
}
