package dev.strangler.facade.console;

import dev.strangler.cutover.FeatureName;
import dev.strangler.cutover.Phases;
import dev.strangler.cutover.Shadows;
import dev.strangler.cutover.workflow.Operations;
import dev.strangler.facade.console.Rail.Compared;
import dev.strangler.facade.control.FeatureReport;
import dev.strangler.facade.control.FeaturesController;
import dev.strangler.facade.control.FeaturesController.JournalLine;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What pages show of features, made from what the control API tells. */
@Component
class Views {

    private static final int JOURNAL = 50;

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
        var rail = Rail.of(phase, report, compared(name, report), show);
        return Card.of(report, phase, rail, operations.unfinished(name).isPresent(), show);
    }

    private Compared compared(FeatureName name, FeatureReport report) {
        var total = shadows.newest(name).total();
        var isOver = total.compared() > 0 && report.route().shadow() == 0;
        return new Compared(total, isOver ? endOfShadowing(name) : null);
    }

    /** By the newest changes of the route. */
    private @Nullable Instant endOfShadowing(FeatureName name) {
        return features.journal(name.value(), JOURNAL).items().stream()
                .filter(line -> line.before().shadow() > 0 && line.after().shadow() == 0)
                .map(JournalLine::when)
                .findFirst()
                .orElse(null);
    }
}
