package dev.strangler.facade.console;

import dev.strangler.facade.control.OperationView.PlanView;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** The newest plan of each feature that somebody has asked this instance for: evidence with an age. */
@Component
class Plans {

    private final Map<String, Planned> newest = new ConcurrentHashMap<>();

    /** A plan, when it was made and for whom. */
    record Planned(PlanView plan, Instant at, String who) {}

    void keep(PlanView plan, Instant at, String who) {
        newest.put(plan.feature(), new Planned(plan, at, who));
    }

    Optional<Planned> of(String feature) {
        return Optional.ofNullable(newest.get(feature));
    }

    /** A handover has changed what it was about. */
    void forget(String feature) {
        newest.remove(feature);
    }
}
