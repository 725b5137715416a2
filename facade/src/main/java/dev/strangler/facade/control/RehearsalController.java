package dev.strangler.facade.control;

import dev.strangler.cutover.FeatureMap;
import dev.strangler.cutover.FeatureName;
import dev.strangler.cutover.workflow.StepName;
import dev.strangler.facade.moving.Breakpoints;
import dev.strangler.facade.moving.Breakpoints.Moment;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Lets a rehearsal stop a handover before or after a step; exists only where {@code facade.rehearsal=true}, as in the sandbox. */
@RestController
@RequestMapping("/control/rehearsal/{feature}")
@ConditionalOnProperty("facade.rehearsal")
class RehearsalController {

    private final FeatureMap map;
    private final Breakpoints breakpoints;

    RehearsalController(FeatureMap map, Breakpoints breakpoints) {
        this.map = map;
        this.breakpoints = breakpoints;
    }

    /**
     * @param step to stand still at, by its label; missing to go on
     * @param after whether to stand still once the step is done, not before it; missing for before
     * @param failing the step that is to fail first, by its label; missing for none
     */
    record Asked(
            @Nullable String step,
            @Nullable Boolean after,
            @Nullable String failing) {}

    /** @param reached whether a handover stands at the breakpoint, or has stood there */
    record Standing(boolean reached) {}

    @GetMapping
    Standing look(@PathVariable String feature) {
        return new Standing(breakpoints.isReached(known(feature)));
    }

    @PostMapping
    Standing set(@PathVariable String feature, @RequestBody Asked asked) {
        var name = known(feature);
        if (asked.step() == null) {
            breakpoints.clear(name);
        } else {
            var moment = Boolean.TRUE.equals(asked.after()) ? Moment.AFTER : Moment.BEFORE;
            breakpoints.set(name, step(asked.step()), moment, asked.failing() == null ? null : step(asked.failing()));
        }
        return new Standing(breakpoints.isReached(name));
    }

    private FeatureName known(String feature) {
        return KnownFeatures.named(map, feature).name();
    }

    private static StepName step(String label) {
        return Arrays.stream(StepName.values())
                .filter(step -> step.label().equals(label))
                .findFirst()
                .orElseThrow(() -> ControlRefusal.badRequest("There is no step '%s'. The steps are %s."
                        .formatted(
                                label,
                                Arrays.stream(StepName.values())
                                        .map(StepName::label)
                                        .collect(Collectors.joining(", ")))));
    }
}
