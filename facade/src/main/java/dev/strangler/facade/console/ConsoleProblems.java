package dev.strangler.facade.console;

import dev.strangler.facade.console.Acting.NotAllowed;
import dev.strangler.facade.control.ControlProblems;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.ui.Model;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/** Says on a page what was refused or failed. */
@ControllerAdvice(basePackageClasses = ConsoleProblems.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
class ConsoleProblems {

    private final ControlProblems problems;
    private final Views views;

    ConsoleProblems(ControlProblems problems, Views views) {
        this.problems = problems;
        this.views = views;
    }

    @ExceptionHandler
    String notAllowed(NotAllowed refused, HttpServletResponse response, Model model) {
        return said(response, model, 403, "Not allowed", String.valueOf(refused.getMessage()));
    }

    @ExceptionHandler
    String incomplete(MissingServletRequestParameterException missing, HttpServletResponse response, Model model) {
        return said(
                response,
                model,
                400,
                "Incomplete",
                "'%s' is missing. Load the page anew and repeat it.".formatted(missing.getParameterName()));
    }

    @ExceptionHandler
    String failed(RuntimeException failure, HttpServletResponse response, Model model) {
        var problem = problems.of(failure);
        return said(
                response,
                model,
                problem.getStatus(),
                String.valueOf(problem.getTitle()),
                String.valueOf(problem.getDetail()));
    }

    private String said(HttpServletResponse response, Model model, int status, String title, String detail) {
        response.setStatus(status);
        model.addAttribute("show", views.show());
        model.addAttribute(
                "operator",
                ConsoleSecurity.operator(SecurityContextHolder.getContext().getAuthentication()));
        model.addAttribute("title", title);
        model.addAttribute("detail", detail);
        return "problem";
    }
}
