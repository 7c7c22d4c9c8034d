package io.sluice.daemon;

/** Why a daemon does not start: one FATAL line and exit code 1. */
public final class StartException extends RuntimeException {
    private final String flag;

    private StartException(String flag, String message, Throwable cause) {
        super(message, cause);
        this.flag = flag;
    }

    /** Something that is none of the other kinds. */
    public StartException(String message, Throwable cause) {
        this(null, message, cause);
    }

    /** A value that is not allowed: {@code badFlag("--node-id", "must be [0,1024)")}. */
    public static StartException badFlag(String flag, String why) {
        return new StartException(flag, flag + " " + why, null);
    }

    /** An address that cannot be listened on. */
    public static StartException cannotListen(String flag, ListenAddress address, Throwable cause) {
        String why = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return new StartException(
                flag, "cannot listen on " + address + " (" + flag + "): " + why, cause);
    }

    /** The flag that would change it; null when none would. */
    public String flag() {
        return flag;
    }
}
