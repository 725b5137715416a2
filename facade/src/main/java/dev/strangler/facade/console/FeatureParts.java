package dev.strangler.facade.console;

import dev.strangler.cutover.FeatureMap;
import dev.strangler.facade.control.DataController;
import dev.strangler.facade.control.FeaturesController;
import dev.strangler.facade.control.KnownFeatures;
import dev.strangler.facade.control.MovingController;
import dev.strangler.facade.control.Plans;
import dev.strangler.facade.moving.Examining;
import dev.strangler.facade.sides.Reading;
import java.time.Duration;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** Fills in the parts of a feature's page, each by itself. */
@Component
class FeatureParts {

    private static final Duration OPEN_FOR_LONG = Duration.ofSeconds(1);
    private static final int JOURNAL = 50;

    private final FeatureMap map;
    private final Views views;
    private final FeaturesController features;
    private final DataController data;
    private final MovingController moving;
    private final Examining examining;
    private final Flows flows;
    private final Plans plans;

    FeatureParts(
            FeatureMap map,
            Views views,
            FeaturesController features,
            DataController data,
            MovingController moving,
            Examining examining,
            Flows flows,
            Plans plans) {
        this.map = map;
        this.views = views;
        this.features = features;
        this.data = data;
        this.moving = moving;
        this.examining = examining;
        this.flows = flows;
        this.plans = plans;
    }

    void standing(String feature, Model model) {
        var report = features.one(feature);
        model.addAttribute("name", feature);
        model.addAttribute("report", report);
        model.addAttribute("card", views.card(report));
    }

    void handover(String feature, Model model) {
        var all = moving.operations(feature).items().stream().map(Handover::of).toList();
        model.addAttribute("newest", all.isEmpty() ? null : all.get(0));
        model.addAttribute("handovers", all);
        model.addAttribute("gaps", GapPlot.of(all));
    }

    /**
     * Adds the rest of the page if it was written for another stage of the handover.
     *
     * @param seen the stage, as {@link Handover#stage} names it; empty for none
     */
    void catchUp(String feature, String seen, Model model) {
        var stage = model.getAttribute("newest") instanceof Handover newest ? newest.stage() : "";
        if (!stage.equals(seen)) {
            standing(feature, model);
            preflight(feature, model);
            model.addAttribute("isBehind", true);
        }
    }

    void preflight(String feature, Model model) {
        model.addAttribute("planned", plans.of(feature).orElse(null));
    }

    void flow(String feature, Model model) {
        model.addAttribute("flow", flows.of(features.one(feature)));
    }

    void parity(String feature, Model model) {
        model.addAttribute("verification", Reading.of(() -> data.verify(feature)));
    }

    void shadow(String feature, Model model) {
        model.addAttribute("shadow", data.shadow(feature));
    }

    void fences(String feature, Model model) {
        var known = KnownFeatures.named(map, feature);
        model.addAttribute("doctor", Reading.of(() -> moving.doctor(feature)));
        model.addAttribute("sessions", examining.openTransactions(known, OPEN_FOR_LONG));
    }

    void journal(String feature, Model model) {
        model.addAttribute("journal", features.journal(feature, JOURNAL).items());
        model.addAttribute("endings", moving.endings(feature).items());
    }
}
