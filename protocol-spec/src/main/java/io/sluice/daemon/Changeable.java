package io.sluice.daemon;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks an option that can be changed while the daemon runs: by {@code PUT /config/...}, where the
 * daemon has that, and by a new configuration file and SIGHUP.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Changeable {}
