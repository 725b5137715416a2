package dev.strangler.sandbox;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** The JUnit side of {@link Infrastructure}: injects it, and remembers whose turn it is. */
public final class InfrastructureExtension implements BeforeAllCallback, ParameterResolver {

    private static final Map<Class<?>, Infrastructure> BY_CLASS = new ConcurrentHashMap<>();
    /** Classes may run side by side, each with its tests in one thread. */
    private static final ThreadLocal<@Nullable Infrastructure> CURRENT = new ThreadLocal<>();

    /** Called by JUnit. */
    public InfrastructureExtension() {}

    static Infrastructure current() {
        var found = CURRENT.get();
        if (found == null) {
            throw new SandboxException(
                    "No test class with infrastructure runs in this thread. Annotate the class with @WithInfrastructure.");
        }
        return found;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        CURRENT.set(of(context));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Infrastructure.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return of(context);
    }

    private static Infrastructure of(ExtensionContext context) {
        return BY_CLASS.computeIfAbsent(
                outermost(context.getRequiredTestClass()),
                testClass -> new TestClassInfrastructure(testClass.getSimpleName()));
    }

    private static Class<?> outermost(Class<?> testClass) {
        var enclosing = testClass.getEnclosingClass();
        return enclosing == null ? testClass : outermost(enclosing);
    }
}
