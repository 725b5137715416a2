package dev.strangler.facade.console;

import dev.strangler.cutover.FeatureName;
import dev.strangler.cutover.Phases;
import dev.strangler.cutover.Shadows;
import dev.strangler.cutover.workflow.Operations;
import dev.strangler.facade.control.FeatureReport;
import dev.strangler.facade.control.FeaturesController;
import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Component;

/** What pages show of features, made from what the control API tells. */
@Component
class Views {

    private final FeaturesController features;
    private final Phases phases;
    private final Shadows shadows;
    private final Operations operations;
    private final Show show;

    Views(FeaturesController features, Phases phases, Shadows shadows, Operations operations, Clock clock) {
        this.features = features;
        this.phases = phases;
        this.shadows = shadows;
        this.operations = operations;
        this.show = new Show(clock);
    }

    Show show() {
        return show;
    }

    List<Card> cards() {
        return features.all().items().stream().map(this::card).toList();
    }

    Card card(FeatureReport report) {
        var name = new FeatureName(report.name());
        var phase = phases.of(name);
        var rail = Rail.of(
                phase,
                report.route(),
                report.data().value(),
                shadows.newest(name).total(),
                show);
        return Card.of(report, phase, rail, operations.unfinished(name).isPresent(), show);
    }
}
