package dev.strangler.facade.console;

import dev.strangler.cutover.Direction;
import dev.strangler.cutover.Feature;
import dev.strangler.cutover.FeatureMap;
import dev.strangler.cutover.workflow.Conclusion;
import dev.strangler.facade.control.ControlRefusal;
import dev.strangler.facade.control.DataController;
import dev.strangler.facade.control.FeaturesController;
import dev.strangler.facade.control.FeaturesController.ReadsMoved;
import dev.strangler.facade.control.KnownFeatures;
import dev.strangler.facade.control.MovingController;
import dev.strangler.facade.control.OperationView.PlanView;
import dev.strangler.facade.moving.MovingWrites;
import dev.strangler.facade.moving.MovingWrites.Led;
import dev.strangler.facade.moving.Order;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;

/** Carries out what is asked for about a feature: by the control API's own words, but never waiting for a handover, since the page shows it live. */
@Component
class FeatureActs {

    /** For what is refused at once. */
    private static final Duration AT_ONCE = Duration.ofMillis(300);

    private final FeatureMap map;
    private final FeaturesController features;
    private final DataController data;
    private final MovingController moving;
    private final MovingWrites writes;

    FeatureActs(
            FeatureMap map,
            FeaturesController features,
            DataController data,
            MovingController moving,
            MovingWrites writes) {
        this.map = map;
        this.features = features;
        this.data = data;
        this.moving = moving;
        this.writes = writes;
    }

    Feature known(String feature) {
        return KnownFeatures.named(map, feature);
    }

    /** The same on the command line, with what was filled in. */
    static String line(Act act, String feature, MultiValueMap<String, String> form) {
        var line = new StringBuilder(act.line(feature, Objects.toString(form.getFirst("percent"), "?")));
        for (var gate : form.getOrDefault("waive", List.of())) {
            line.append(" --waive ").append(Shell.word(gate));
        }
        var why = Objects.toString(form.getFirst("why"), "").strip();
        if (!why.isEmpty()) {
            line.append(" --why ").append(Shell.word(why));
        }
        return line.toString();
    }

    /** The part of the page on which it is asked for. */
    static String place(Act act) {
        return switch (act) {
            case SHADOW, READS -> "route";
            case PLAN, PLAN_BACK, PREPARE, REMOVE_KEYS -> "preflight";
            case CUTOVER, BACK, ABORT, ABORT_TARGET_DOWN, RESUME, SEAL -> "handover";
            case BACKFILL, VERIFY, REPAIR_ROWS -> "parity";
            default -> "fences";
        };
    }

    Said carryOut(Act act, Feature feature, MultiValueMap<String, String> form, Operator operator) {
        var name = feature.name().value();
        var why = KnownFeatures.text("why", form.getFirst("why"));
        var asked = new MovingController.Asked(
                operator.who(),
                why,
                act == Act.PLAN_BACK ? "back" : "forward",
                List.of(),
                act == Act.REMOVE_KEYS,
                false,
                false,
                form.getFirst("confirm"));
        return switch (act) {
            case PREPARE, REMOVE_KEYS -> prepared(moving.prepare(name, asked));
            case BACKFILL -> {
                var begun = data.backfill(name, new DataController.BeginBackfill(operator.who()));
                yield Said.done("The backfill of '%s' is on its way: %,d rows.".formatted(name, begun.total()));
            }
            case VERIFY, REPAIR_ROWS -> {
                data.verify(name, new DataController.BeginVerification(operator.who(), act == Act.REPAIR_ROWS));
                yield Said.done("Both sides of '%s' are being compared.".formatted(name));
            }
            case SHADOW ->
                moved(data.shadow(
                        name, new DataController.MoveShadow(percent(form), operator.who(), why, version(form))));
            case READS ->
                moved(features.moveReads(
                        name, new FeaturesController.MoveReads(percent(form), operator.who(), why, version(form))));
            case PLAN, PLAN_BACK -> planned(name, moving.plan(name, asked));
            case CUTOVER, BACK -> handOver(act, feature, form, why, operator);
            case ABORT, ABORT_TARGET_DOWN ->
                looked(writes.abort(
                        feature,
                        "aborted by %s %s".formatted(operator.who(), why).strip(),
                        act == Act.ABORT_TARGET_DOWN));
            case RESUME -> looked(writes.resume(feature));
            case REPAIR -> {
                var repaired = moving.repair(name, asked);
                yield Said.done(repaired.after().said(), repaired.done());
            }
            case SEAL -> {
                var sealed = moving.seal(name, asked);
                yield Said.done("'%s' is %s.".formatted(name, sealed.phase()), sealed.steps());
            }
            default ->
                throw ControlRefusal.notFound("'%s' is nothing that is done to a feature.".formatted(act.verb()));
        };
    }

    private static Said planned(String name, PlanView plan) {
        return plan.go()
                ? Said.done("Go: nothing is in the way of handing '%s' over. Nothing was changed.".formatted(name))
                : Said.not("No go: see the gates.", "Nothing was changed.");
    }

    private static Said prepared(MovingController.Prepared prepared) {
        var lines = new ArrayList<String>(prepared.problems());
        prepared.script().forEach(statement -> lines.add("Script: " + statement));
        prepared.removed().forEach(key -> lines.add("Removed: " + key));
        return new Said(
                prepared.problems().isEmpty(),
                prepared.problems().isEmpty()
                        ? "'%s' is prepared: nothing is in the way.".formatted(prepared.feature())
                        : "'%s' is not prepared: this is in the way.".formatted(prepared.feature()),
                lines);
    }

    private static Said moved(ReadsMoved moved) {
        var route = moved.route();
        var lines = new ArrayList<String>();
        lines.add("%d of %d living façades go by it."
                .formatted(
                        moved.acknowledged().size(),
                        moved.acknowledged().size() + moved.stragglers().size()));
        moved.stragglers().forEach(late -> lines.add("Not yet: " + late));
        return Said.done(
                "The service answers %d %% of the clients of '%s', and %d %% of the reads are compared."
                        .formatted(route.service(), moved.feature(), route.shadow()),
                lines);
    }

    private Said handOver(Act act, Feature feature, MultiValueMap<String, String> form, String why, Operator operator) {
        var direction = act == Act.CUTOVER ? Direction.FORWARD : Direction.BACK;
        var waived = form.getOrDefault("waive", List.of());
        var led = writes.start(new Order(feature, direction, operator.who(), why, waived));
        return looked(led);
    }

    /** What is refused at once is told; everything else is seen on the page. */
    private static Said looked(Led led) {
        try {
            return ended(led.conclusion().get(AT_ONCE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException underWay) {
            return Said.done("%s has begun.".formatted(led.operation().id()));
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException known
                    ? known
                    : new CompletionException(failed.getCause());
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return Said.done("%s has begun.".formatted(led.operation().id()));
        }
    }

    private static Said ended(Conclusion conclusion) {
        var gap = conclusion.gap();
        return new Said(
                conclusion.ending() != Conclusion.Ending.UNFINISHED,
                "%s: %s%s"
                        .formatted(
                                conclusion.operation().id(),
                                conclusion.ending().name().toLowerCase(java.util.Locale.ROOT),
                                gap == null ? "." : "; nobody could write for %,d ms.".formatted(gap.toMillis())),
                conclusion.reason().isEmpty() ? conclusion.remarks() : List.of(conclusion.reason()));
    }

    private static @Nullable Integer percent(MultiValueMap<String, String> form) {
        var said = Objects.toString(form.getFirst("percent"), "").strip();
        return said.matches("[0-9]{1,3}") ? Integer.valueOf(said) : null;
    }

    /** Of the route that the operator saw when he decided. */
    private static @Nullable Long version(MultiValueMap<String, String> form) {
        var said = Objects.toString(form.getFirst("version"), "").strip();
        return said.matches("[0-9]{1,18}") ? Long.valueOf(said) : null;
    }
}
