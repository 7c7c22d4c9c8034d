package io.sluice.protocol;

/** A valid name of a channel: once made, nobody checks it again. */
public record ChannelName(String value) implements Comparable<ChannelName> {
    /** Throws IllegalArgumentException unless {@link #isValid}. */
    public ChannelName {
        if (!isValid(value)) throw new IllegalArgumentException("not a channel name: " + value);
    }

    /**
     * True for 1 to 64 characters of {@code [.a-zA-Z0-9_-]}, with or without {@code #ephemeral}.
     */
    public static boolean isValid(String name) {
        return Names.valid(name);
    }

    /** True when its messages never touch the disk. */
    public boolean isEphemeral() {
        return Names.isEphemeral(value);
    }

    @Override
    public int compareTo(ChannelName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
