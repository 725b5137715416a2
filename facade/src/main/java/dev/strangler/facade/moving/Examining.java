package dev.strangler.facade.moving;

import dev.strangler.cutover.Direction;
import dev.strangler.cutover.Feature;
import dev.strangler.cutover.Fence;
import dev.strangler.cutover.FenceHasMoved;
import dev.strangler.cutover.FenceHole;
import dev.strangler.cutover.FenceState;
import dev.strangler.cutover.OpenTransaction;
import dev.strangler.cutover.OperationId;
import dev.strangler.cutover.Phases;
import dev.strangler.cutover.RefusedWrites;
import dev.strangler.cutover.Routes;
import dev.strangler.cutover.Side;
import dev.strangler.cutover.workflow.Diagnosis;
import dev.strangler.cutover.workflow.Diagnosis.Remedy;
import dev.strangler.cutover.workflow.Operations;
import dev.strangler.cutover.workflow.Participants;
import dev.strangler.cutover.workflow.Repair;
import dev.strangler.facade.sides.ParkedKeys;
import dev.strangler.facade.sides.ParkedKeys.ParkedKey;
import dev.strangler.facade.sides.Reading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says who may write a feature by asking both fences, and puts right what is not as it should be. */
public final class Examining {

    private static final Logger log = LoggerFactory.getLogger(Examining.class);

    private final Assembling assembling;
    private final Routes routes;
    private final Operations operations;
    private final MovingWrites moving;
    private final Phases phases;
    private final WatchingFences watching;
    private final ParkedKeys parked;

    public Examining(
            Assembling assembling,
            Routes routes,
            Operations operations,
            MovingWrites moving,
            Phases phases,
            WatchingFences watching,
            ParkedKeys parked) {
        this.assembling = assembling;
        this.routes = routes;
        this.operations = operations;
        this.moving = moving;
        this.phases = phases;
        this.watching = watching;
        this.parked = parked;
    }

    /**
     * What repair did.
     *
     * @param before what was the matter
     * @param done what was done about it, in order; empty when nothing had to be done
     * @param after what is the matter now
     */
    public record Repaired(Diagnosis before, List<String> done, Diagnosis after) {

        public Repaired {
            done = List.copyOf(done);
        }
    }

    /** What is the matter now. */
    public Diagnosis diagnose(Feature feature) {
        var participants = assembling.of(feature, Direction.FORWARD);
        var fences = new EnumMap<Side, FenceState>(Side.class);
        var holes = new EnumMap<Side, List<FenceHole>>(Side.class);
        var seen = new ArrayList<String>();
        for (var side : Side.values()) {
            var state = Reading.of(() -> stateOf(feature, side, participants.fence(side)))
                    .value();
            if (state != null) {
                fences.put(side, state);
                holes.put(side, watching.audit(feature, side).known());
                var refusals =
                        Reading.of(() -> participants.fence(side).refusals()).value();
                if (refusals != null && refusals.last() != null) {
                    seen.add(said(side, refusals.count(), refusals.last()));
                }
                seen.addAll(parked(feature, side));
                seen.addAll(unclaimed(feature, side));
            }
        }
        seen.addAll(withoutLastWord(participants));
        return Diagnosis.of(feature.name(), routes.of(feature.name()), fences, operations.unfinished(feature.name()))
                .and(seen)
                .withHoles(holes);
    }

    /** Once a feature is sealed its fence in the monolith may be gone, and means the same as before. */
    private FenceState stateOf(Feature feature, Side side, Fence fence) {
        try {
            return fence.state();
        } catch (FenceHasMoved missing) {
            if (side == Side.MONOLITH && phases.of(feature.name()).isFinal()) {
                return FenceState.takenDown(feature.name(), side);
            }
            throw missing;
        }
    }

    private static String said(Side side, long count, RefusedWrites.Refused last) {
        return String.format(
                Locale.ROOT,
                "The fence of the %s has refused %,d writes so far, the last at %s by role %s, application '%s': %s",
                side == Side.MONOLITH ? "monolith" : "service",
                count,
                last.at(),
                last.role(),
                last.application(),
                last.query());
    }

    private static List<String> withoutLastWord(Participants participants) {
        var open = Reading.of(() -> participants.precedents().withoutLastWord()).value();
        return open == null
                ? List.of()
                : open.stream()
                        .map(operation ->
                                "The relay of the %s has not confirmed since %s that it is past the fence. Look at the relay; once it has, this is settled by itself, unless the feature has been handed over since: then run backfill %s."
                                        .formatted(
                                                operation.source() == Side.MONOLITH ? "monolith" : "service",
                                                operation.id(),
                                                operation.feature()))
                        .toList();
    }

    /** The transactions of the writing side that a handover would have to wait for, as far as they are older than that. */
    public Reading<List<OpenTransaction>> openTransactions(Feature feature, Duration olderThan) {
        return Reading.of(() -> {
            var owner = routes.of(feature.name()).writes();
            var fence = assembling.of(feature, Direction.FORWARD).fence(owner);
            fence.blindness().ifPresent(why -> {
                throw new IllegalStateException(why);
            });
            return fence.transactionsOlderThan(olderThan);
        });
    }

    /** What waits there for an operator: as long as it does, the copy is not whole, and somebody may publish who should not. */
    private List<String> parked(Feature feature, Side side) {
        var name = assembling.map().deployable(feature, side).name();
        var keys = Reading.of(() -> parked.at(name)).value();
        var own = keys == null
                ? List.<ParkedKey>of()
                : keys.stream()
                        .filter(key -> key.topic().equals(feature.topic()))
                        .toList();
        return own.isEmpty()
                ? List.of()
                : List.of(String.format(
                        Locale.ROOT,
                        "%,d %s parked at the %s and waiting for an operator; the first is %s %s of consumer %s: %s",
                        own.size(),
                        own.size() == 1 ? "key is" : "keys are",
                        side == Side.MONOLITH ? "monolith" : "service",
                        own.get(0).aggregateType(),
                        own.get(0).aggregateId(),
                        own.get(0).consumer(),
                        own.get(0).cause().lines().findFirst().orElse("no reason given")));
    }

    /** No holes: whose they are is not known, and a gate would refuse a handover for a table that stays. */
    private List<String> unclaimed(Feature feature, Side side) {
        if (side == Side.MONOLITH && phases.of(feature.name()).isFinal()) {
            return List.of();
        }
        var tables = Reading.of(() -> assembling.unclaimed(feature, side).all()).value();
        return tables == null
                ? List.of()
                : tables.stream()
                        .map(table ->
                                "Table %s of the %s refers to tables of '%s', is named by no feature, and has no fence, so anybody writes it at any time. If it is of '%s', name it in strangler.yml and run prepare."
                                        .formatted(
                                                table,
                                                side == Side.MONOLITH ? "monolith" : "service",
                                                feature.name(),
                                                feature.name()))
                        .toList();
    }

    /** Carries out what the diagnosis proposes. */
    public Repaired repair(Feature feature, String who) {
        var before = diagnose(feature);
        var done = before.remedy() == Remedy.CONCLUDE
                ? List.of(concluded(feature))
                : new Repair(assembling.of(feature, Direction.FORWARD), OperationId.random(), who).carryOut(before);
        log.info("{} had '{}' repaired, {}: {}", who, feature.name(), before.finding(), done);
        return new Repaired(before, done, diagnose(feature));
    }

    private String concluded(Feature feature) {
        var conclusion = moving.conclude(feature).conclusion().join();
        return "ended %s: %s %s"
                .formatted(conclusion.operation().id(), conclusion.ending(), conclusion.reason())
                .strip();
    }
}
