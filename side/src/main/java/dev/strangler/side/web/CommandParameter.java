package dev.strangler.side.web;

import dev.strangler.side.idempotency.Command;
import dev.strangler.side.idempotency.IfMatch;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Hands controllers the {@link Command} that a request carries. */
class CommandParameter implements HandlerMethodArgumentResolver {

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Command.class;
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        var servletRequest = Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class));
        String query = servletRequest.getQueryString();
        String path = servletRequest.getRequestURI() + (query == null ? "" : "?" + query);
        var writes = WritesCheck.writes(parameter);
        Object digest = request.getAttribute(RequestGate.BODY_DIGEST, RequestAttributes.SCOPE_REQUEST);
        return new Command(
                writes,
                servletRequest.getMethod() + " " + path,
                request.getHeader("Idempotency-Key"),
                digest == null ? "" : digest.toString(),
                IfMatch.parse(request.getHeader(HttpHeaders.IF_MATCH)));
    }
}
