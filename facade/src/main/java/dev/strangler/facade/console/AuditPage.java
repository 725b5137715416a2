package dev.strangler.facade.console;

import dev.strangler.facade.audit.Audit;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Who asked for what, by which way, and what became of it. */
@Controller
class AuditPage {

    private static final int MOST = 100;

    private final Audit audit;

    AuditPage(Audit audit) {
        this.audit = audit;
    }

    @GetMapping("/console/audit")
    String show(@RequestParam(defaultValue = "" + Long.MAX_VALUE) long before, Model model) {
        var lines = audit.before(before, MOST);
        model.addAttribute("lines", lines);
        model.addAttribute("older", lines.size() == MOST ? lines.get(MOST - 1).number() : null);
        return "audit";
    }
}
