package dev.strangler.facade.console;

import dev.strangler.facade.control.ControlEvents;
import java.time.Duration;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** All features at a glance. */
@Controller
class OverviewPage {

    private static final Duration LONGEST = Duration.ofMinutes(15);

    private final Views views;
    private final ControlEvents events;

    OverviewPage(Views views, ControlEvents events) {
        this.views = views;
        this.events = events;
    }

    @GetMapping("/")
    String root() {
        return "redirect:" + ConsoleSecurity.HOME;
    }

    @GetMapping(ConsoleSecurity.HOME)
    String all(Model model) {
        model.addAttribute("cards", views.cards());
        return "overview";
    }

    @GetMapping("/console/cards")
    String cards(Model model) {
        model.addAttribute("cards", views.cards());
        return "overview :: cards";
    }

    /** What happens, as it happens: pages look again then. They come back when it ends, and so meet the end of their log-in. */
    @GetMapping(path = "/console/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter live() {
        return events.listenFor(LONGEST);
    }
}
