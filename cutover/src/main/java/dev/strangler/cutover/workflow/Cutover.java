package dev.strangler.cutover.workflow;

import dev.strangler.cutover.workflow.Burning.PointPassed;
import dev.strangler.cutover.workflow.Conclusion.Ending;
import dev.strangler.cutover.workflow.JournalEntry.Outcome;
import dev.strangler.cutover.workflow.Operation.Course;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands the writes of a feature from one side to the other. Forward and back are this same class, and so is the dry run, which asks the
 * same steps.
 *
 * <p>Before {@link StepName#OPEN} any failure takes everything back, by itself; after it there is only forward. Which of the two holds is
 * never remembered but read from the target's fence, so whoever takes over after a crash decides as the one who crashed would have. Two
 * coordinators at once, one of them taken for dead, do no harm: each of their decisions is compared and set in a database of a side, and
 * the later one is refused.
 */
public final class Cutover {

    private static final List<Step> STEPS = List.of(
            new ComparingBefore(),
            new CarryingAnswers(StepName.CARRY_BEFORE),
            new Arming(),
            new Holding(),
            new Fencing(),
            new CarryingAnswers(StepName.CARRY),
            new Draining(),
            new Checking(),
            new RaisingIds(),
            new Opening(),
            new Releasing(),
            new Settling(),
            new Reversing());

    private final Operation operation;
    private final Leading leading;
    private final Journal journal;
    private final Participants participants;
    private final Limits limits;
    private final Waiting waiting;
    private final Clock clock;
    private final Consumer<JournalEntry> watcher;

    /** How the one who runs this turns the operation to another course; refuses with {@link LeaseLost}. */
    @FunctionalInterface
    public interface Leading {
        void turn(Course to, String reason);
    }

    /**
     * @param leading turns the operation's course in the name of who runs this
     * @param watcher is told every entry of the journal once it is written
     */
    public Cutover(
            Operation operation,
            Leading leading,
            Journal journal,
            Participants participants,
            Limits limits,
            Waiting waiting,
            Clock clock,
            Consumer<JournalEntry> watcher) {
        this.operation = operation;
        this.leading = leading;
        this.journal = journal;
        this.participants = participants;
        this.limits = limits;
        this.waiting = waiting;
        this.clock = clock;
        this.watcher = watcher;
    }

    /** What the steps would meet now. Changes nothing. */
    public static Plan plan(Operation operation, Participants participants, Limits limits, Clock clock) {
        var scene = Scene.of(operation, participants, limits, new Notes(), Waiting.REAL, clock);
        var gates = new ArrayList<>(AskingPrecedents.gates(scene));
        STEPS.forEach(step -> gates.addAll(step.gates(scene)));
        return new Plan(
                operation,
                STEPS.stream().map(Step::name).toList(),
                gates.stream()
                        .map(gate -> operation.waived().contains(gate.name()) ? gate.waived() : gate)
                        .toList());
    }

    /** Goes through all steps from the first. */
    public Conclusion run() {
        return forward(scene(new Notes()), 0);
    }

    /**
     * Goes on towards the target with an operation that was cut off: where it stopped if the source is fenced already, else from the
     * beginning. What was being taken back goes on being taken back.
     */
    public Conclusion resume() {
        var scene = remembered();
        if (isOpenAtTarget(scene)) {
            return forward(scene, indexOf(StepName.OPEN));
        }
        if (hasBegun(StepName.BURN)) {
            return takeBack(scene, "what was begun is ended", false);
        }
        // Whoever resumes has changed the mind of whoever wanted it taken back.
        leading.turn(Course.RUNNING, "");
        scene.notes().resumedAt(clock.instant());
        return forward(scene, Fences.isClosedBy(scene.source().state(), operation.id()) ? afterFence() : 0);
    }

    /** Ends an operation that nobody leads any more, on the shortest way to one open side. */
    public Conclusion conclude() {
        var scene = remembered();
        return isOpenAtTarget(scene)
                ? forward(scene, indexOf(StepName.OPEN))
                : takeBack(scene, "whoever led it fell silent", false);
    }

    /**
     * Takes everything back, unless the target is open already: then it goes on forward, as nothing else is left.
     *
     * @param isTargetAttestedDown an operator vouches that the target's database does not run
     */
    public Conclusion abort(String reason, boolean isTargetAttestedDown) {
        return takeBack(remembered(), reason, isTargetAttestedDown);
    }

    /** @param from the first step; {@link StepName#OPEN} only where the target is known to be open, so that nothing is taken back */
    private Conclusion forward(Scene scene, int from) {
        var isPast = from >= indexOf(StepName.OPEN);
        StepName began = null;
        for (var step : STEPS.subList(from, STEPS.size())) {
            try {
                var wish = begin(scene, began, step.name());
                began = step.name();
                if (wish.isPresent() && !isPast && step.name().region() != StepName.Region.AFTER_POINT) {
                    throw new StepFailed(wish.get());
                }
                if (!isPast && step.name().region() == StepName.Region.GAP) {
                    Gap.requireTime(scene);
                }
                step.run(scene);
            } catch (LeaseLost lost) {
                throw lost;
            } catch (RuntimeException failure) {
                return failed(scene, step.name(), failure, isPast);
            }
        }
        return ended(scene, STEPS.get(STEPS.size() - 1).name(), Ending.DONE, "");
    }

    /** Everything is done; whether that could be recorded decides if anybody has to look at it again. */
    private Conclusion ended(Scene scene, StepName last, Ending ending, String reason) {
        try {
            end(scene, last);
            leading.turn(ending == Ending.DONE ? Course.DONE : Course.ABORTED, reason);
            return conclusion(scene, ending, reason);
        } catch (LeaseLost lost) {
            throw lost;
        } catch (RuntimeException away) {
            return conclusion(
                    scene,
                    Ending.UNFINISHED,
                    "everything is done, but could not be recorded: %s".formatted(said(away)));
        }
    }

    private Conclusion failed(Scene scene, StepName step, RuntimeException failure, boolean isPast) {
        var reason = "%s: %s".formatted(step.label(), said(failure));
        unlessAway(scene, () -> fail(scene, step, failure));
        return isPast || step.region() == StepName.Region.AFTER_POINT
                ? conclusion(scene, Ending.UNFINISHED, reason)
                : takeBack(scene, reason, false);
    }

    private void fail(Scene scene, StepName step, RuntimeException failure) {
        write(entry(step, Outcome.FAILED, said(failure), scene.notes().takeFresh()));
    }

    private static void unlessAway(Scene scene, Runnable writing) {
        try {
            writing.run();
        } catch (LeaseLost lost) {
            throw lost;
        } catch (RuntimeException away) {
            scene.remark("The journal could not be written (%s).".formatted(said(away)));
        }
    }

    /**
     * Goes on though nothing can be written to the journal: what it does is compared and set at the sides, and a successor finds it there.
     */
    private Conclusion takeBack(Scene scene, String reason, boolean isTargetAttestedDown) {
        unlessAway(scene, () -> leading.turn(Course.ABORTING, reason));
        StepName began = null;
        for (var step : taking(scene, isTargetAttestedDown)) {
            try {
                var before = began;
                unlessAway(scene, () -> begin(scene, before, step.name()));
                began = step.name();
                step.run(scene);
            } catch (PointPassed passed) {
                unlessAway(scene, () -> leading.turn(Course.RUNNING, ""));
                return forward(scene, indexOf(StepName.OPEN));
            } catch (LeaseLost lost) {
                throw lost;
            } catch (RuntimeException failure) {
                unlessAway(scene, () -> fail(scene, step.name(), failure));
                var both = "%s; then %s: %s".formatted(reason, step.name().label(), said(failure));
                return conclusion(scene, Ending.UNFINISHED, both);
            }
        }
        return ended(scene, StepName.GIVE_BACK, Ending.ABORTED, reason);
    }

    /** Where the fence was never asked to close there is nothing to burn and nothing to open. */
    private List<Step> taking(Scene scene, boolean isTargetAttestedDown) {
        return mayHaveBegun(scene, StepName.FENCE)
                ? List.of(new Burning(isTargetAttestedDown), new Reopening(), new GivingBack())
                : List.of(new GivingBack());
    }

    /** The end of one step and the beginning of the next are one entry's worth of time: the gap pays for each. */
    private Optional<String> begin(Scene scene, @Nullable StepName before, StepName next) {
        var entries = new ArrayList<JournalEntry>(2);
        if (before != null) {
            entries.add(entry(before, Outcome.DONE, "", scene.notes().takeFresh()));
        }
        entries.add(entry(next, Outcome.BEGAN, "", Map.of()));
        return write(entries.toArray(JournalEntry[]::new));
    }

    private void end(Scene scene, StepName last) {
        write(entry(
                last,
                Outcome.DONE,
                String.join(" ", scene.remarks()),
                scene.notes().takeFresh()));
    }

    private Optional<String> write(JournalEntry... entries) {
        var wish = journal.write(operation.id(), List.of(entries));
        for (var entry : entries) {
            watcher.accept(entry);
        }
        return wish;
    }

    private JournalEntry entry(StepName step, Outcome outcome, String detail, Map<String, String> notes) {
        return new JournalEntry(step, outcome, clock.instant(), detail, notes);
    }

    /** While the journal can't be read: whatever was not begun is found untouched, and taken back all the same. */
    private boolean mayHaveBegun(Scene scene, StepName step) {
        try {
            return hasBegun(step);
        } catch (RuntimeException away) {
            scene.remark("The journal could not be read (%s).".formatted(said(away)));
            return true;
        }
    }

    private boolean hasBegun(StepName step) {
        return journal.of(operation.id()).stream().anyMatch(entry -> entry.step() == step);
    }

    private boolean isOpenAtTarget(Scene scene) {
        return Fences.isOpenedBy(scene.target().state(), operation.to(), operation.id());
    }

    private Scene remembered() {
        return scene(Notes.of(journal.of(operation.id())));
    }

    private Scene scene(Notes notes) {
        return Scene.of(operation, participants, limits, notes, waiting, clock);
    }

    /** From the fence itself: closing it again by the same operation only tells again that it is closed. */
    private static int afterFence() {
        return indexOf(StepName.FENCE);
    }

    private static int indexOf(StepName name) {
        return STEPS.stream().map(Step::name).toList().indexOf(name);
    }

    private Conclusion conclusion(Scene scene, Ending ending, String reason) {
        var notes = scene.notes();
        return new Conclusion(
                operation,
                ending,
                reason,
                scene.remarks(),
                Conclusion.between(notes.fencedAt(), notes.releasedAt()),
                Conclusion.between(notes.heldAt(), notes.releasedAt()));
    }

    private static String said(RuntimeException failure) {
        var message = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        return message.lines().findFirst().orElse(message);
    }
}
