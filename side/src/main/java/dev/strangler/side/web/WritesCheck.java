package dev.strangler.side.web;

import dev.strangler.side.Fences;
import dev.strangler.side.Writes;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.Set;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Lets a command in only while this side may write its feature: before its body is looked at and before anything is done. */
class WritesCheck implements HandlerInterceptor {

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private final Fences fences;

    WritesCheck(Fences fences) {
        this.fences = fences;
    }

    /** @throws dev.strangler.side.Fenced if the request is to change a feature that this side may not write */
    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!READING.contains(request.getMethod())) {
            writes(handler).ifPresent(fences::check);
        }
        return true;
    }

    /** The feature that a handler's commands write; empty if it says none. */
    static Optional<String> writes(Object handler) {
        return handler instanceof HandlerMethod method
                ? writes(method.getMethod(), method.getBeanType())
                : Optional.empty();
    }

    /**
     * The feature that the command of this parameter writes.
     *
     * @throws IllegalStateException if neither method nor controller says one
     */
    static String writes(MethodParameter parameter) {
        var method = parameter.getMethod();
        return Optional.ofNullable(method)
                .flatMap(there -> writes(there, parameter.getContainingClass()))
                .orElseThrow(() -> new IllegalStateException(
                        parameter.getExecutable() + " takes a command, but does not say which feature it writes."
                                + " Put @Writes(\"...\") on it or on its controller."));
    }

    private static Optional<String> writes(Method method, Class<?> controller) {
        var own = AnnotatedElementUtils.findMergedAnnotation(method, Writes.class);
        var found = own == null ? AnnotatedElementUtils.findMergedAnnotation(controller, Writes.class) : own;
        return Optional.ofNullable(found).map(Writes::value);
    }
}
