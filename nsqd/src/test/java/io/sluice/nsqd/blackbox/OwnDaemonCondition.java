package io.sluice.nsqd.blackbox;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Leaves out {@link OwnDaemonOnly} tests when a foreign daemon is under test. */
final class OwnDaemonCondition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (!Target.isExternal()) return ConditionEvaluationResult.enabled("our own daemon");
        return AnnotationSupport.findAnnotation(context.getElement(), OwnDaemonOnly.class)
                .map(only -> ConditionEvaluationResult.disabled(only.value()))
                .orElseGet(() -> ConditionEvaluationResult.enabled("any daemon"));
    }
}
