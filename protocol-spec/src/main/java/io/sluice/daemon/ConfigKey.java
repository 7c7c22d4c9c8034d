package io.sluice.daemon;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The key of an option in the configuration file, where it is not the flag with underscores. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface ConfigKey {
    /** For an option that only the command line knows. */
    String NONE = "";

    /** The key, or {@link #NONE}. */
    String value();
}
