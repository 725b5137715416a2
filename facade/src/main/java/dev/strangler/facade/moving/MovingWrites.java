package dev.strangler.facade.moving;

import dev.strangler.cutover.Feature;
import dev.strangler.cutover.FeatureMap;
import dev.strangler.cutover.FeatureName;
import dev.strangler.cutover.FenceState;
import dev.strangler.cutover.OperationId;
import dev.strangler.cutover.Phase;
import dev.strangler.cutover.Phases;
import dev.strangler.cutover.Side;
import dev.strangler.cutover.workflow.Conclusion;
import dev.strangler.cutover.workflow.Conclusion.Ending;
import dev.strangler.cutover.workflow.Cutover;
import dev.strangler.cutover.workflow.Gate;
import dev.strangler.cutover.workflow.Journal;
import dev.strangler.cutover.workflow.JournalEntry;
import dev.strangler.cutover.workflow.Limits;
import dev.strangler.cutover.workflow.Operation;
import dev.strangler.cutover.workflow.Operations;
import dev.strangler.cutover.workflow.Operations.AnotherOperation;
import dev.strangler.cutover.workflow.Participants;
import dev.strangler.cutover.workflow.Plan;
import dev.strangler.cutover.workflow.Waiting;
import dev.strangler.facade.sides.Reading;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leads operations at this instance: plans, starts, resumes and aborts them, keeps their leases alive, and ends those that nobody leads
 * any more. Of one feature there is one operation at a time, over all instances.
 */
public final class MovingWrites implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(MovingWrites.class);

    /** How long an instance that falls silent keeps others from taking over. */
    public static final Duration LEASE = Duration.ofSeconds(5);

    private static final Duration BETWEEN_RENEWALS = Duration.ofSeconds(1);
    private static final Duration BETWEEN_RECOVERIES = Duration.ofSeconds(1);

    private final FeatureMap map;
    private final Assembling assembling;
    private final Operations operations;
    private final Journal journal;
    private final Phases phases;
    private final Limits limits;
    private final String name;
    private final Clock clock;
    private final Watching watching;
    private final Map<FeatureName, Operation> led = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> daemon(task, "moving-writes"));
    private final ScheduledExecutorService timer =
            Executors.newScheduledThreadPool(2, task -> daemon(task, "moving-writes-timer"));

    /**
     * @param journal writes in the name of this instance
     * @param name of this instance
     * @param watching of every entry of the journal that this instance writes
     */
    public MovingWrites(
            FeatureMap map,
            Assembling assembling,
            Operations operations,
            Journal journal,
            Phases phases,
            Limits limits,
            String name,
            Clock clock,
            Watching watching) {
        this.map = map;
        this.assembling = assembling;
        this.operations = operations;
        this.journal = journal;
        this.phases = phases;
        this.limits = limits;
        this.name = name;
        this.clock = clock;
        this.watching = watching;
    }

    /**
     * An operation that this instance leads.
     *
     * @param conclusion comes when it is over, or when nothing more can be done for now
     */
    public record Led(Operation operation, CompletableFuture<Conclusion> conclusion) {}

    /** Is told of journals in the thread that leads the operation, which goes on when the answer comes. */
    public interface Watching {

        /** The entry is about to be written. */
        void writing(Operation operation, JournalEntry entry);

        /** The entry is written; what is thrown about the beginning of a step is a failure of that step. */
        void written(Operation operation, JournalEntry entry);
    }

    private record WatchedJournal(Operation operation, Journal journal, Watching watching) implements Journal {

        @Override
        public void write(OperationId id, List<JournalEntry> entries) {
            entries.forEach(entry -> watching.writing(operation, entry));
            journal.write(id, entries);
        }

        @Override
        public List<JournalEntry> of(OperationId id) {
            return journal.of(id);
        }
    }

    /** Keeps leases alive, and ends what was left behind, from now on. */
    public void start(boolean isRecovering) {
        timer.scheduleWithFixedDelay(
                this::renew, BETWEEN_RENEWALS.toMillis(), BETWEEN_RENEWALS.toMillis(), TimeUnit.MILLISECONDS);
        if (isRecovering) {
            timer.scheduleWithFixedDelay(
                    this::recover, BETWEEN_RECOVERIES.toMillis(), BETWEEN_RECOVERIES.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** What that order would meet now; changes nothing. */
    public Plan plan(Order order) {
        var participants = assembling.of(order.feature(), order.direction());
        var source =
                Reading.of(() -> participants.fence(order.direction().from()).state());
        var target = Reading.of(() -> participants.fence(order.direction().to()).state());
        var known = source.value();
        var other = target.value();
        if (known == null || other == null) {
            return withoutEpochs(order, participants, source, target);
        }
        var operation = Operation.next(
                order.direction(), known, other, order.who(), order.why(), order.waived(), clock.instant());
        var plan = Cutover.plan(operation, participants, limits, clock);
        var gates = new ArrayList<>(gates(order));
        gates.addAll(plan.gates());
        return new Plan(operation, plan.steps(), gates);
    }

    /** Nobody can say under which epoch, nor what the steps would meet: strict gates see to it that this is never carried out. */
    private Plan withoutEpochs(
            Order order, Participants participants, Reading<FenceState> source, Reading<FenceState> target) {
        var stored = participants.traffic().route().epoch();
        var operation = new Operation(
                OperationId.random(),
                order.feature().name(),
                order.direction(),
                stored,
                stored.next(),
                order.who(),
                order.why(),
                order.waived(),
                clock.instant());
        var gates = new ArrayList<>(gates(order));
        gates.add(answers(order.direction().from(), source));
        gates.add(answers(order.direction().to(), target));
        return new Plan(operation, List.of(), gates);
    }

    private static Gate answers(Side side, Reading<FenceState> fence) {
        return Gate.strict(
                "database-of-" + side.name().toLowerCase(Locale.ROOT),
                fence.value() != null,
                fence.value() == null ? "does not say how its fence stands: " + fence.unknown() : "answers",
                "answers",
                "Start it, then plan again.");
    }

    /**
     * Begins to carry the order out.
     *
     * @throws dev.strangler.cutover.workflow.PlanRefused when a gate says no; nothing is changed then
     * @throws AnotherOperation when one of the feature is not over
     */
    public Led start(Order order) {
        var plan = plan(order);
        plan.require();
        var operation = plan.operation();
        operations.start(operation, name, LEASE);
        log.info(
                "{} hands '{}' over, {}, asked by {}",
                operation.id(),
                operation.feature(),
                operation.direction(),
                operation.who());
        phases.advance(
                operation.feature(),
                phases.of(operation.feature()),
                Phase.moving(operation.direction()),
                operation.who());
        return lead(operation, Cutover::run);
    }

    /** Takes the feature's unfinished operation further towards its target. */
    public Led resume(Feature feature) {
        return takeOver(feature, Cutover::resume);
    }

    /**
     * Takes the feature's unfinished operation back, unless it is past that.
     *
     * @param isTargetAttestedDown the operator vouches that the target's database does not run
     */
    public Led abort(Feature feature, String reason, boolean isTargetAttestedDown) {
        return takeOver(feature, cutover -> cutover.abort(reason, isTargetAttestedDown));
    }

    /** Ends the feature's operation that was left behind, on the shortest way to one open side. */
    public Led conclude(Feature feature) {
        return takeOver(feature, Cutover::conclude);
    }

    private List<Gate> gates(Order order) {
        var feature = order.feature().name();
        var phase = phases.of(feature);
        var unfinished = operations.unfinished(feature);
        var wanted = order.direction().from() == Side.MONOLITH ? Phase.PREPARED : Phase.SERVICE_OWNED;
        return List.of(
                Gate.strict(
                        "operation",
                        unfinished.isEmpty(),
                        unfinished
                                .map(standing -> standing.operation().id().value())
                                .orElse("none"),
                        "no other is on its way",
                        "Wait for it, or end it with resume or abort."),
                Gate.strict(
                        "phase",
                        phase == wanted,
                        phase.name(),
                        wanted.name(),
                        phase == Phase.MONOLITH
                                ? "Run prepare."
                                : phase.isFinal() ? "There is no way back." : "Look with doctor."));
    }

    private Led takeOver(Feature feature, Function<Cutover, Conclusion> how) {
        var standing = operations
                .unfinished(feature.name())
                .orElseThrow(
                        () -> new NothingToDo("No operation on '%s' is on its way or left behind. Look at its journal."
                                .formatted(feature.name())));
        var operation = standing.operation();
        if (led.containsKey(feature.name()) || !operations.lead(operation.id(), name, LEASE)) {
            throw new AnotherOperation(feature.name(), "%s, led by %s".formatted(operation.id(), standing.holder()));
        }
        return lead(operation, how);
    }

    private Led lead(Operation operation, Function<Cutover, Conclusion> how) {
        if (led.putIfAbsent(operation.feature(), operation) != null) {
            throw new AnotherOperation(operation.feature(), operation.id() + ", led by this instance");
        }
        return new Led(operation, CompletableFuture.supplyAsync(() -> concluded(operation, how), threads));
    }

    private Conclusion concluded(Operation operation, Function<Cutover, Conclusion> how) {
        try {
            var feature = map.feature(operation.feature())
                    .orElseThrow(() -> new IllegalStateException(
                            "'%s' is not in the feature map any more.".formatted(operation.feature())));
            var cutover = new Cutover(
                    operation,
                    (to, reason) -> operations.turn(operation.id(), name, to, reason),
                    new WatchedJournal(operation, journal, watching),
                    assembling.of(feature, operation.direction()),
                    limits,
                    Waiting.REAL,
                    clock,
                    entry -> watching.written(operation, entry));
            var conclusion = how.apply(cutover);
            log.info("{}", said(conclusion));
            settlePhase(conclusion);
            return conclusion;
        } finally {
            led.remove(operation.feature());
            leaveQuietly(operation);
        }
    }

    private void settlePhase(Conclusion conclusion) {
        if (conclusion.ending() != Ending.UNFINISHED) {
            var operation = conclusion.operation();
            var owner = conclusion.ending() == Ending.DONE ? operation.target() : operation.source();
            var now = phases.of(operation.feature());
            if (now.isMoving()) {
                phases.advance(operation.feature(), now, Phase.ownedBy(owner), operation.who());
            }
        }
    }

    private void renew() {
        led.values().forEach(operation -> {
            try {
                operations.lead(operation.id(), name, LEASE);
            } catch (RuntimeException away) {
                log.debug("The lease of {} can't be renewed", operation.id(), away);
            }
        });
    }

    private void recover() {
        try {
            for (var standing : operations.unfinished()) {
                map.feature(standing.operation().feature())
                        .filter(feature -> !standing.isLed() && !led.containsKey(feature.name()))
                        .ifPresent(this::concludeLeft);
            }
        } catch (RuntimeException away) {
            log.debug("Can't look for operations that were left behind", away);
        }
    }

    private void concludeLeft(Feature feature) {
        try {
            var taken = conclude(feature);
            log.warn(
                    "{} was left behind; this instance ends it",
                    taken.operation().id());
            taken.conclusion().join();
        } catch (AnotherOperation | NothingToDo overtaken) {
            log.debug("Somebody else was quicker", overtaken);
        }
    }

    private void leaveQuietly(Operation operation) {
        try {
            operations.leave(operation.id(), name);
        } catch (RuntimeException away) {
            log.debug("The lease of {} will run out by itself", operation.id(), away);
        }
    }

    private static String said(Conclusion conclusion) {
        var operation = conclusion.operation();
        return "%s %s '%s' %s; nobody could write for %s ms, writes waited for %s ms. %s %s"
                .formatted(
                        operation.id(),
                        operation.direction(),
                        operation.feature(),
                        conclusion.ending(),
                        millis(conclusion.gap()),
                        millis(conclusion.held()),
                        conclusion.reason(),
                        String.join(" ", conclusion.remarks()))
                .strip();
    }

    private static String millis(@Nullable Duration time) {
        return Optional.ofNullable(time)
                .map(Duration::toMillis)
                .map(Object::toString)
                .orElse("0");
    }

    private static Thread daemon(Runnable task, String called) {
        var thread = new Thread(task, called);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        timer.shutdownNow();
        threads.shutdown();
    }
}
