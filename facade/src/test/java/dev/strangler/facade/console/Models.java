package dev.strangler.facade.console;

import dev.strangler.cutover.Phase;
import dev.strangler.cutover.Shadows.Tally;
import dev.strangler.facade.control.FeatureReport;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What pages are given, made from the samples. */
final class Models {

    static final Show SHOW = new Show(Clock.fixed(Samples.NOW, ZoneOffset.UTC));

    private Models() {}

    static Map<String, Object> feature(FeatureReport report, Phase phase, Role role) {
        var model = model(role);
        var handovers = HandoverSamples.operations().stream().map(Handover::of).toList();
        model.put("name", "assets");
        model.put("report", report);
        model.put("card", card(report, phase));
        model.put("newest", handovers.get(0));
        model.put("handovers", handovers);
        model.put("gaps", GapPlot.of(handovers));
        model.put("planned", HandoverSamples.planned());
        model.put("verification", Samples.verification());
        model.put("shadow", Samples.shadow());
        model.put("journal", Samples.journal());
        model.put("endings", List.of());
        model.put("said", Said.not("No go: see the gates.", "Nothing was changed. " + Samples.HOSTILE));
        model.put("saidLine", "./strangler plan assets");
        return model;
    }

    static Map<String, Object> overview() {
        var model = model(Role.SWITCHER);
        model.put("cards", List.of(card(Samples.report(), Phase.PREPARED), card(Samples.owned(), Phase.SERVICE_OWNED)));
        return model;
    }

    static Map<String, Object> events() {
        var model = model(Role.SWITCHER);
        model.put("parked", List.of(new ParkedActs.Waiting(Samples.parked(), "assets")));
        model.put("unknown", Map.of("pim", "connection refused"));
        model.put("topics", List.of("assets.v1", "products.v1"));
        model.put("asked", new EventsPage.Asked("assets.v1", "", "", ""));
        model.put("found", Samples.found());
        return model;
    }

    static Map<String, Object> audit() {
        var model = model(Role.VIEWER);
        model.put("lines", Samples.acts());
        model.put("older", 3L);
        return model;
    }

    static Map<String, Object> flow() {
        var model = model(Role.VIEWER);
        model.put("name", "assets");
        model.put("flow", Samples.flow());
        model.put("doctor", Samples.doctor());
        model.put("sessions", Samples.sessions());
        return model;
    }

    static Map<String, Object> problem() {
        var model = model(Role.VIEWER);
        model.put("title", "Not found");
        model.put("detail", "There is no feature of that name.");
        return model;
    }

    static Map<String, Object> model(Role role) {
        var model = new HashMap<String, Object>();
        model.put("show", SHOW);
        model.put("operator", new Operator("ann " + Samples.HOSTILE, role));
        model.put("acts", Arrays.stream(Act.values()).collect(Collectors.toMap(Act::verb, Function.identity())));
        return model;
    }

    static Card card(FeatureReport report, Phase phase) {
        var rail = Rail.of(phase, report, new Rail.Compared(Tally.NONE, null), SHOW);
        return Card.of(report, phase, rail, phase.isMoving(), SHOW);
    }
}
