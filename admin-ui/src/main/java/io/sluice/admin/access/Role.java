package io.sluice.admin.access;

import java.util.Locale;

/** What a caller may do; each may also do what those before it may. */
public enum Role {
    /** Look. */
    VIEWER,
    /** Pause, resume, publish and create: nothing that cannot be taken back. */
    OPERATOR,
    /** Empty, delete, hide daemons, change the configuration. */
    ADMIN;

    /** True when this role includes that one. */
    public boolean includes(Role other) {
        return compareTo(other) >= 0;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
