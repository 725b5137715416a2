package dev.strangler.facade.control;

import dev.strangler.cutover.Feature;
import dev.strangler.cutover.FeatureMap;
import dev.strangler.cutover.Rehearsal;
import dev.strangler.cutover.Rehearsals;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Takes in what a rehearsal has come to, so that a plan can point to it. */
@RestController
@RequestMapping("/control/features/{feature}/rehearsals")
class RehearsalsController {

    private static final Duration CLOCKS_APART = Duration.ofMinutes(1);

    private final FeatureMap map;
    private final Rehearsals rehearsals;
    private final Clock clock;

    RehearsalsController(FeatureMap map, Rehearsals rehearsals, Clock clock) {
        this.map = map;
        this.rehearsals = rehearsals;
        this.clock = clock;
    }

    /**
     * What is handed in.
     *
     * @param map digest of the feature as it was described there
     * @param at when it began
     * @param handovers that it made, of which {@code faults} had a part killed
     * @param clean nothing was lost, doubled, reordered or stuck, and without a fault no client got an answer that nobody promised
     */
    record HandedIn(
            @Nullable String map,
            @Nullable Instant at,
            @Nullable Integer handovers,
            @Nullable Integer faults,
            @Nullable Integer violations,
            @Nullable Boolean clean,
            @Nullable String who) {}

    /**
     * The newest one.
     *
     * @param ofThisMap whether the feature is still described as it was then
     */
    record RehearsalView(
            String feature,
            String map,
            boolean ofThisMap,
            Instant at,
            int handovers,
            int faults,
            int violations,
            boolean clean,
            String who) {

        static RehearsalView of(Rehearsal rehearsal, Feature feature) {
            return new RehearsalView(
                    rehearsal.feature().value(),
                    rehearsal.map(),
                    rehearsal.map().equals(feature.digest()),
                    rehearsal.at(),
                    rehearsal.handovers(),
                    rehearsal.faults(),
                    rehearsal.violations(),
                    rehearsal.isClean(),
                    rehearsal.who());
        }
    }

    @GetMapping("/newest")
    RehearsalView newest(@PathVariable String feature) {
        var known = KnownFeatures.named(map, feature);
        return rehearsals
                .newest(known.name())
                .map(rehearsal -> RehearsalView.of(rehearsal, known))
                .orElseThrow(
                        () -> ControlRefusal.notFound("'%s' was never rehearsed. Rehearse it.".formatted(feature)));
    }

    @PostMapping
    RehearsalView keep(@PathVariable String feature, @RequestBody HandedIn handed) {
        var known = KnownFeatures.named(map, feature);
        var rehearsal = checked(known, handed);
        rehearsals.keep(rehearsal);
        return RehearsalView.of(rehearsal, known);
    }

    private Rehearsal checked(Feature feature, HandedIn handed) {
        var mistakes = new ArrayList<String>();
        if (handed.map() == null || !handed.map().matches("[0-9a-f]{16}")) {
            mistakes.add("'map' is not 16 hexadecimal digits.");
        }
        if (handed.at() == null || handed.at().isAfter(clock.instant().plus(CLOCKS_APART))) {
            mistakes.add("'at' is missing or lies in the future.");
        }
        var handovers = number("handovers", handed.handovers(), mistakes);
        var faults = number("faults", handed.faults(), mistakes);
        var violations = number("violations", handed.violations(), mistakes);
        if (handed.clean() == null || handed.clean() && (violations > 0 || handovers == 0)) {
            mistakes.add("'clean' is missing, or said of a rehearsal with violations or without a handover.");
        }
        if (!mistakes.isEmpty() || handed.map() == null || handed.at() == null || handed.clean() == null) {
            throw ControlRefusal.badRequest(String.join(" ", mistakes) + " Hand in what rehearse has written.");
        }
        return new Rehearsal(
                feature.name(),
                handed.map(),
                handed.at(),
                handovers,
                faults,
                violations,
                handed.clean(),
                KnownFeatures.who(handed.who()));
    }

    private static int number(String name, @Nullable Integer value, ArrayList<String> mistakes) {
        if (value == null || value < 0) {
            mistakes.add("'%s' is %s; it is a whole number from 0 on.".formatted(name, value));
            return 0;
        }
        return value;
    }
}
