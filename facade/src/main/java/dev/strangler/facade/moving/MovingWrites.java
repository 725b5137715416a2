package dev.strangler.facade.moving;

import dev.strangler.cutover.Feature;
import dev.strangler.cutover.FeatureMap;
import dev.strangler.cutover.FeatureName;
import dev.strangler.cutover.Phase;
import dev.strangler.cutover.Phases;
import dev.strangler.cutover.workflow.Conclusion;
import dev.strangler.cutover.workflow.Cutover;
import dev.strangler.cutover.workflow.Journal;
import dev.strangler.cutover.workflow.Limits;
import dev.strangler.cutover.workflow.Operation;
import dev.strangler.cutover.workflow.Operation.Course;
import dev.strangler.cutover.workflow.Operations;
import dev.strangler.cutover.workflow.Operations.AnotherOperation;
import dev.strangler.cutover.workflow.Operations.Standing;
import dev.strangler.cutover.workflow.Plan;
import dev.strangler.cutover.workflow.Waiting;
import java.time.Clock;
import java.time.Duration;
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

    /** Longer than any step of a handover but the comparison of a day's changes. */
    private static final Duration FOLLOWING = Duration.ofMinutes(1);

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
    private final Onlooker onlooker;
    private final AskingLeaders asking;
    private final Planning planning;
    private final Map<FeatureName, Operation> led = new ConcurrentHashMap<>();
    /** What keeps operations that were left behind from their end, as it was said last. */
    private final Map<FeatureName, String> unended = new ConcurrentHashMap<>();

    private final ExecutorService threads = Executors.newCachedThreadPool(task -> daemon(task, "moving-writes"));
    private final ScheduledExecutorService timer =
            Executors.newScheduledThreadPool(2, task -> daemon(task, "moving-writes-timer"));

    /**
     * @param journal writes in the name of this instance
     * @param name of this instance
     * @param onlooker is told what becomes of the operations that this instance leads
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
            Onlooker onlooker) {
        this.map = map;
        this.assembling = assembling;
        this.operations = operations;
        this.journal = journal;
        this.phases = phases;
        this.limits = limits;
        this.name = name;
        this.clock = clock;
        this.onlooker = onlooker;
        this.asking = new AskingLeaders(operations, journal, FOLLOWING);
        this.planning = new Planning(assembling, operations, phases, limits, clock);
    }

    /**
     * An operation that this instance leads.
     *
     * @param conclusion comes when it is over, or when nothing more can be done for now
     */
    public record Led(Operation operation, CompletableFuture<Conclusion> conclusion) {}

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
        return planning.plan(order);
    }

    /**
     * Begins to carry the order out.
     *
     * @throws dev.strangler.cutover.workflow.PlanRefused when a gate says no; nothing is changed then
     * @throws AnotherOperation when one of the feature is not over
     */
    public Led start(Order order) {
        var plan = plan(order);
        if (!plan.isGo()) {
            onlooker.refused(plan);
        }
        plan.require();
        var operation = plan.operation();
        operations.start(operation, name, LEASE);
        log.info(
                "{} hands '{}' over, {}, asked by {}",
                operation.id(),
                operation.feature(),
                operation.direction(),
                operation.who());
        turnPhase(operation);
        return lead(operation, Cutover::run);
    }

    /** Takes the feature's unfinished operation further towards its target. */
    public Led resume(Feature feature) {
        return takeOver(feature, Cutover::resume);
    }

    /**
     * Takes the feature's unfinished operation back, unless it is past that. Whoever leads it is asked to.
     *
     * @param isTargetAttestedDown the operator vouches that the target's database does not run
     * @throws TooLate when it is led, and past the point of no return; so does the conclusion if it passes that meanwhile
     */
    public Led abort(Feature feature, String reason, boolean isTargetAttestedDown) {
        var standing = unfinished(feature);
        if (!standing.isLed()) {
            return takeOver(feature, cutover -> cutover.abort(reason, isTargetAttestedDown));
        }
        var operation = standing.operation();
        asking.ask(operation, assembling.of(feature, operation.direction()).fence(operation.target()), reason);
        return new Led(
                operation,
                CompletableFuture.supplyAsync(
                        () -> asking.follow(
                                operation,
                                () -> isTargetAttestedDown ? abortedOnceLeft(feature, reason) : Optional.empty()),
                        threads));
    }

    /** A leader that can't reach the target gives up, and must be followed by one who knows that it is down. */
    private Optional<Conclusion> abortedOnceLeft(Feature feature, String reason) {
        try {
            return Optional.of(takeOver(feature, cutover -> cutover.abort(reason, true))
                    .conclusion()
                    .join());
        } catch (AnotherOperation | NothingToDo notYet) {
            return Optional.empty();
        }
    }

    /** Ends the feature's operation that was left behind, on the shortest way to one open side. */
    public Led conclude(Feature feature) {
        return takeOver(feature, Cutover::conclude);
    }

    private Led takeOver(Feature feature, Function<Cutover, Conclusion> how) {
        var standing = unfinished(feature);
        var operation = standing.operation();
        if (led.containsKey(feature.name()) || !operations.lead(operation.id(), name, LEASE)) {
            throw new AnotherOperation(feature.name(), standing.said());
        }
        return lead(operation, how);
    }

    private Standing unfinished(Feature feature) {
        return operations
                .unfinished(feature.name())
                .orElseThrow(
                        () -> new NothingToDo("No operation on '%s' is on its way or left behind. Look at its journal."
                                .formatted(feature.name())));
    }

    /** Somebody else's handover may have begun and ended since this one was planned; then the plan is worth nothing. */
    private void turnPhase(Operation operation) {
        try {
            phases.advance(
                    operation.feature(),
                    Planning.wanted(operation.direction()),
                    Phase.moving(operation.direction()),
                    operation.who());
        } catch (Phases.PhaseHasChanged changed) {
            operations.turn(operation.id(), name, Course.ABORTED, "nothing was begun: " + changed.getMessage());
            throw changed;
        }
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
                    new WatchedJournal(operation, journal, onlooker),
                    assembling.of(feature, operation.direction()),
                    limits,
                    Waiting.REAL,
                    clock,
                    entry -> onlooker.written(operation, entry));
            var conclusion = how.apply(cutover);
            log.info("{}", said(conclusion));
            onlooker.ended(conclusion);
            return conclusion;
        } finally {
            led.remove(operation.feature());
            leaveQuietly(operation);
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

    /** Whatever keeps one from its end, a side that is away for instance, keeps no other from it. */
    private void concludeLeft(Feature feature) {
        try {
            var taken = conclude(feature);
            log.warn(
                    "{} was left behind; this instance ends it",
                    taken.operation().id());
            taken.conclusion().join();
            unended.remove(feature.name());
        } catch (AnotherOperation | NothingToDo overtaken) {
            log.debug("Somebody else was quicker", overtaken);
            unended.remove(feature.name());
        } catch (RuntimeException failure) {
            var said = String.valueOf(failure.getMessage());
            if (!said.equals(unended.put(feature.name(), said))) {
                log.warn(
                        "The operation on '{}' that was left behind can't be ended yet; it is tried again",
                        feature.name(),
                        failure);
            }
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
