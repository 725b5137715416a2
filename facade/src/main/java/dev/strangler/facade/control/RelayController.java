package dev.strangler.facade.control;

import dev.strangler.facade.moving.RecoveringRelays;
import dev.strangler.facade.relay.RelayDuties;
import dev.strangler.facade.relay.RelayReport;
import dev.strangler.facade.sides.Reading;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The relays: how they fare, and what a person can do about it. */
@RestController
@RequestMapping("/control/relays")
class RelayController {

    private static final Logger log = LoggerFactory.getLogger(RelayController.class);

    private final RelayDuties relays;
    private final RecoveringRelays recovering;
    private final Looking looking;

    RelayController(RelayDuties relays, RecoveringRelays recovering, Looking looking) {
        this.relays = relays;
        this.recovering = recovering;
        this.looking = looking;
    }

    /** Whether everything is set up; {@code inTheWay} is null when it is. */
    record Ensured(@Nullable String inTheWay) {}

    @GetMapping
    Reading<List<RelayReport>> all() {
        return looking.relays();
    }

    @PostMapping("/ensure")
    Ensured ensure() {
        return new Ensured(relays.ensure());
    }

    @PostMapping("/{connector}/recover")
    RecoveringRelays.Recovered recover(@PathVariable String connector) {
        try {
            log.info("The recovery of {} was asked for", connector);
            return recovering.recover(connector);
        } catch (IllegalArgumentException unknown) {
            throw ControlRefusal.notFound(String.valueOf(unknown.getMessage()));
        }
    }
}
