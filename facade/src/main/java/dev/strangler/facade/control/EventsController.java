package dev.strangler.facade.control;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** What happens, as it happens: events {@code route}, {@code relay} and {@code parked}. */
@RestController
class EventsController {

    private final ControlEvents events;

    EventsController(ControlEvents events) {
        this.events = events;
    }

    @GetMapping(path = "/control/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter listen() {
        return events.listen();
    }
}
