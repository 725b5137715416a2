package dev.strangler.facade.control;

import dev.strangler.cutover.Direction;
import dev.strangler.cutover.Endings;
import dev.strangler.cutover.Feature;
import dev.strangler.cutover.FeatureMap;
import dev.strangler.cutover.OperationId;
import dev.strangler.cutover.Phases;
import dev.strangler.cutover.workflow.Conclusion;
import dev.strangler.cutover.workflow.Diagnosis;
import dev.strangler.cutover.workflow.Journal;
import dev.strangler.cutover.workflow.Operations;
import dev.strangler.facade.control.OperationView.PlanView;
import dev.strangler.facade.moving.Examining;
import dev.strangler.facade.moving.MovingWrites;
import dev.strangler.facade.moving.MovingWrites.Led;
import dev.strangler.facade.moving.Order;
import dev.strangler.facade.moving.Preparing;
import dev.strangler.facade.moving.Retiring;
import dev.strangler.facade.moving.Sealing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Handing writes over: what would be met, doing it, and what to do when something is in the way. */
@RestController
@RequestMapping("/control/features/{feature}")
public class MovingController {

    /** Longer than any handover but one that has a day's changes to compare; whoever asked then looks again. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final int OPERATIONS = 50;
    private static final int ENDINGS = 100;

    private final FeatureMap map;
    private final MovingWrites moving;
    private final Examining examining;
    private final Preparing preparing;
    private final Sealing sealing;
    private final Retiring retiring;
    private final Endings endings;
    private final Operations operations;
    private final Journal journal;
    private final Phases phases;
    private final Plans plans;

    MovingController(
            FeatureMap map,
            MovingWrites moving,
            Examining examining,
            Preparing preparing,
            Sealing sealing,
            Retiring retiring,
            Endings endings,
            Operations operations,
            Journal journal,
            Phases phases,
            Plans plans) {
        this.map = map;
        this.moving = moving;
        this.examining = examining;
        this.preparing = preparing;
        this.sealing = sealing;
        this.retiring = retiring;
        this.endings = endings;
        this.operations = operations;
        this.journal = journal;
        this.phases = phases;
        this.plans = plans;
    }

    /**
     * What an operator asks for.
     *
     * @param who the operator
     * @param why the reason; may be missing
     * @param direction of a plan: {@code forward} or {@code back}; missing for forward
     * @param waive names of gates to pass though they say no
     * @param removeKeys whether to remove keys that tie features together
     * @param serviceDown whether the operator vouches that the target's database does not run
     * @param dryRun whether only to say what would be done; of sealing
     * @param confirm the feature's name once more, where something can't be taken back
     */
    public record Asked(
            @Nullable String who,
            @Nullable String why,
            @Nullable String direction,
            @Nullable List<String> waive,
            @Nullable Boolean removeKeys,
            @Nullable Boolean serviceDown,
            @Nullable Boolean dryRun,
            @Nullable String confirm) {}

    /** What was found before a cutover. */
    public record Prepared(
            String feature, String phase, List<String> problems, List<String> script, List<String> removed) {}

    /** Who may write, and what is the matter with it. */
    public record Diagnosed(
            String feature,
            String phase,
            String finding,
            String said,
            String remedy,
            @Nullable String side,
            List<String> facts) {}

    /** What was done about it. */
    public record Repaired(Diagnosed before, List<String> done, Diagnosed after) {}

    /** What sealing did; what it would do, if that was all that was asked for. */
    public record Sealed(String feature, String phase, boolean dryRun, List<String> steps) {}

    /** What is left in the monolith. */
    public record Retired(String feature, String phase, List<Left> standing, List<String> script) {}

    /** One thing that is left. */
    public record Left(String where, String what) {}

    /** One line of how the feature came to its end. */
    public record Ending(String operation, String act, String outcome, Instant when, String who, String detail) {

        static Ending of(Endings.Line line) {
            return new Ending(
                    line.operation().value(),
                    line.act().name().toLowerCase(Locale.ROOT),
                    line.outcome().name(),
                    line.at(),
                    line.who(),
                    line.detail());
        }
    }

    @PostMapping("/prepare")
    public Prepared prepare(@PathVariable String feature, @RequestBody Asked asked) {
        var found = preparing.prepare(
                known(feature), KnownFeatures.who(asked.who()), Boolean.TRUE.equals(asked.removeKeys()));
        return new Prepared(feature, found.phase().name(), found.problems(), found.script(), found.removed());
    }

    @PostMapping("/plan")
    public PlanView plan(@PathVariable String feature, @RequestBody Asked asked) {
        var order = order(feature, direction(asked.direction()), asked);
        var plan = PlanView.of(moving.plan(order));
        plans.keep(plan, order.who());
        return plan;
    }

    @PostMapping("/cutover")
    ResponseEntity<OperationView> cutover(@PathVariable String feature, @RequestBody Asked asked) {
        return awaited(moving.start(order(feature, Direction.FORWARD, asked)));
    }

    @PostMapping("/back")
    ResponseEntity<OperationView> back(@PathVariable String feature, @RequestBody Asked asked) {
        return awaited(moving.start(order(feature, Direction.BACK, asked)));
    }

    @PostMapping("/resume")
    ResponseEntity<OperationView> resume(@PathVariable String feature, @RequestBody Asked asked) {
        KnownFeatures.who(asked.who());
        return awaited(moving.resume(known(feature)));
    }

    @PostMapping("/abort")
    ResponseEntity<OperationView> abort(@PathVariable String feature, @RequestBody Asked asked) {
        var who = KnownFeatures.who(asked.who());
        var reason = "aborted by %s %s"
                .formatted(who, KnownFeatures.text("why", asked.why()))
                .strip();
        return awaited(moving.abort(known(feature), reason, Boolean.TRUE.equals(asked.serviceDown())));
    }

    @GetMapping("/doctor")
    public Diagnosed doctor(@PathVariable String feature) {
        return diagnosed(examining.diagnose(known(feature)));
    }

    @PostMapping("/repair")
    public Repaired repair(@PathVariable String feature, @RequestBody Asked asked) {
        var repaired = examining.repair(known(feature), KnownFeatures.who(asked.who()));
        return new Repaired(diagnosed(repaired.before()), repaired.done(), diagnosed(repaired.after()));
    }

    @PostMapping("/seal")
    public Sealed seal(@PathVariable String feature, @RequestBody Asked asked) {
        if (Boolean.TRUE.equals(asked.dryRun())) {
            var planned = sealing.plan(known(feature));
            return new Sealed(feature, planned.phase().name(), true, planned.steps());
        }
        confirm(feature, asked, "The monolith never writes it again");
        var sealed = sealing.seal(known(feature), KnownFeatures.who(asked.who()));
        return new Sealed(feature, sealed.phase().name(), false, sealed.steps());
    }

    @PostMapping("/retire")
    Retired retire(@PathVariable String feature, @RequestBody Asked asked) {
        var found = retiring.retire(known(feature), KnownFeatures.who(asked.who()));
        return new Retired(
                feature,
                found.phase().name(),
                found.standing().stream()
                        .map(standing -> new Left(standing.where().label(), standing.what()))
                        .toList(),
                found.script());
    }

    @GetMapping("/endings")
    public Items<Ending> endings(@PathVariable String feature) {
        return new Items<>(endings.of(known(feature).name(), ENDINGS).stream()
                .map(Ending::of)
                .toList());
    }

    @GetMapping("/operations")
    public Items<OperationView> operations(@PathVariable String feature) {
        return new Items<>(operations.of(known(feature).name(), OPERATIONS).stream()
                .map(standing -> OperationView.of(
                        standing, journal.of(standing.operation().id())))
                .toList());
    }

    @GetMapping("/operations/{operation}")
    OperationView operation(@PathVariable String feature, @PathVariable String operation) {
        var name = known(feature).name();
        return operations
                .find(new OperationId(operation))
                .filter(standing -> standing.operation().feature().equals(name))
                .map(standing -> OperationView.of(
                        standing, journal.of(standing.operation().id())))
                .orElseThrow(() -> ControlRefusal.notFound(
                        "'%s' has no such operation. Look at its operations.".formatted(feature)));
    }

    /** The operation as it ended, or as it stands if that takes longer than anybody should wait for an answer. */
    private ResponseEntity<OperationView> awaited(Led led) {
        var id = led.operation().id();
        try {
            var conclusion = led.conclusion().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return ResponseEntity.ok(concluded(conclusion));
        } catch (TimeoutException late) {
            return operations
                    .find(id)
                    .map(standing -> ResponseEntity.accepted().body(OperationView.of(standing, journal.of(id))))
                    .orElseThrow(() -> ControlRefusal.unknown("%s is on its way.".formatted(id)));
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException known
                    ? known
                    : new CompletionException(failed.getCause());
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw ControlRefusal.unknown("This façade is being stopped; %s is ended by another.".formatted(id));
        }
    }

    private OperationView concluded(Conclusion conclusion) {
        return OperationView.of(conclusion, journal.of(conclusion.operation().id()));
    }

    private Diagnosed diagnosed(Diagnosis diagnosis) {
        var side = diagnosis.side();
        return new Diagnosed(
                diagnosis.feature().value(),
                phases.of(diagnosis.feature()).name(),
                diagnosis.finding().name(),
                diagnosis.said(),
                diagnosis.remedy().name(),
                side == null ? null : side.name().toLowerCase(Locale.ROOT),
                diagnosis.facts());
    }

    private Order order(String feature, Direction direction, Asked asked) {
        var waived = asked.waive();
        return new Order(
                known(feature),
                direction,
                KnownFeatures.who(asked.who()),
                KnownFeatures.text("why", asked.why()),
                waived == null ? List.of() : waived);
    }

    private static Direction direction(@Nullable String named) {
        if (named == null || named.equals("forward")) {
            return Direction.FORWARD;
        }
        if (named.equals("back")) {
            return Direction.BACK;
        }
        throw ControlRefusal.badRequest("'direction' is neither forward nor back. Choose one.");
    }

    private static void confirm(String feature, Asked asked, String consequence) {
        if (!feature.equals(asked.confirm())) {
            throw ControlRefusal.badRequest(
                    "%s, and nothing takes that back. Say so with 'confirm': the feature's name."
                            .formatted(consequence));
        }
    }

    private Feature known(String name) {
        return KnownFeatures.named(map, name);
    }
}
