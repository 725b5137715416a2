package dev.strangler.facade.console;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The only page for those who are not logged in. */
@Controller
class LogInPage {

    @GetMapping(ConsoleSecurity.LOG_IN)
    String show(HttpServletRequest request, Model model) {
        var insteadOf = request.getAttribute(RequestDispatcher.FORWARD_REQUEST_URI);
        model.addAttribute("next", insteadOf == null ? ConsoleSecurity.wanted(request) : insteadOf.toString());
        model.addAttribute("wrong", request.getParameter("wrong") != null);
        model.addAttribute("wait", request.getParameter("wait") != null);
        model.addAttribute("out", request.getParameter("out") != null);
        return "log-in";
    }
}
