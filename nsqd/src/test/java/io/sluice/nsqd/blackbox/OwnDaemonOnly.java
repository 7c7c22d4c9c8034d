package io.sluice.nsqd.blackbox;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** Marks what cannot be tried on a daemon that somebody else has started. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(OwnDaemonCondition.class)
@interface OwnDaemonOnly {
    /** Why: flags that it needs, or how Sluice differs from NSQ. */
    String value();
}
