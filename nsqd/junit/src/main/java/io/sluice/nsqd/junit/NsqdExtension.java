package io.sluice.nsqd.junit;

import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** What {@link WithNsqd} does: a daemon lives as long as what the annotation stands at. */
final class NsqdExtension
        implements BeforeAllCallback,
                AfterAllCallback,
                BeforeEachCallback,
                AfterEachCallback,
                ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(NsqdExtension.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        start(context, context.getRequiredTestClass().getAnnotation(WithNsqd.class));
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        start(context, context.getRequiredTestMethod().getAnnotation(WithNsqd.class));
    }

    private static void start(ExtensionContext context, WithNsqd wanted) {
        if (wanted == null) return;
        TestNsqd nsqd = TestNsqd.start(wanted.lookupd(), wanted.flags());
        context.getStore(NAMESPACE).put(TestNsqd.class, nsqd);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        stop(context);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        stop(context);
    }

    /** Only what was started for this class or this method itself. */
    private static void stop(ExtensionContext context) {
        TestNsqd nsqd = context.getStore(NAMESPACE).remove(TestNsqd.class, TestNsqd.class);
        if (nsqd != null) nsqd.close();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestNsqd.class && find(context).isPresent();
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return find(context).orElseThrow();
    }

    /** The method's own, or else that of its class, which a store finds by itself. */
    private static Optional<TestNsqd> find(ExtensionContext context) {
        return Optional.ofNullable(context.getStore(NAMESPACE).get(TestNsqd.class, TestNsqd.class));
    }
}
