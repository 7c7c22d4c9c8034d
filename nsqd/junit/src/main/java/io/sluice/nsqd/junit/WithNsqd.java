package io.sluice.nsqd.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Starts an nsqd on free ports of loopback, in this JVM: one for all tests of a class, or one for a
 * single test method. Tests, their constructors and the methods around them take it as a parameter
 * of type {@link TestNsqd}. It stops when they have ended, and its data are deleted.
 *
 * <pre>{@code
 * @WithNsqd
 * class OrdersTest {
 *     @Test
 *     void ordersArePublished(TestNsqd nsqd) {
 *         new Orders(nsqd.tcpAddress()).place("one book");
 *     }
 * }
 * }</pre>
 */
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NsqdExtension.class)
public @interface WithNsqd {
    /** More flags of nsqd, such as {@code --msg-timeout=2s}. */
    String[] flags() default {};

    /** Whether there is a lookup node, too, with which the daemon registers. */
    boolean lookupd() default false;
}
