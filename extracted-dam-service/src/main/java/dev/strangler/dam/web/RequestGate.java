package dev.strangler.dam.web;

import dev.strangler.dam.web.Refusal.Kind;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** The first that a request meets: says on every answer who gave it, and refuses what no handler should ever see. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class RequestGate extends OncePerRequestFilter {

    private final String name;
    private final HandlerExceptionResolver problems;

    RequestGate(
            @Value("${spring.application.name}") String name,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        this.name = name;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        response.setHeader("X-Served-By", name);
        if (holdsNul(request.getRequestURI()) || holdsNul(request.getQueryString())) {
            var refusal = Refusal.of(
                    Kind.INVALID, "The address contains a NUL character (%00), which no name here can have.");
            problems.resolveException(request, response, null, refusal);
            return;
        }
        chain.doFilter(request, response);
    }

    private static boolean holdsNul(@Nullable String text) {
        return text != null && text.contains("%00");
    }
}
