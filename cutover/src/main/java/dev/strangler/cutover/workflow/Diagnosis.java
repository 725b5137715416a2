package dev.strangler.cutover.workflow;

import dev.strangler.cutover.FeatureName;
import dev.strangler.cutover.FenceHole;
import dev.strangler.cutover.FenceState;
import dev.strangler.cutover.Route;
import dev.strangler.cutover.Side;
import dev.strangler.cutover.workflow.Operations.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who may write a feature, by the two fences alone, and the one safe thing to do if that is not as it should be.
 *
 * @param feature which
 * @param finding what is the matter
 * @param said the same for people, with the way out
 * @param remedy what repair would do
 * @param side the side that the remedy is about: the one to open, to close or to be routed to; null when there is none
 * @param facts what it was concluded from
 */
public record Diagnosis(
        FeatureName feature,
        Finding finding,
        String said,
        Remedy remedy,
        @Nullable Side side,
        List<String> facts) {

    public Diagnosis {
        facts = List.copyOf(facts);
    }

    /** What can be the matter. */
    public enum Finding {
        /** One side is open, writers meet it so, and the façade sends them there. */
        SOUND,
        /** An operation is being led: whatever looks odd is on its way. */
        MOVING,
        /** An operation is not over, and nobody leads it. */
        LEFT_BEHIND,
        /** One side is the owner, but its writers are still refused. */
        NOT_ENFORCED,
        /** One side is open, and the façade sends writes to the other, which refuses them. */
        MISROUTED,
        /** Nobody may write, and nobody is at it. */
        BOTH_CLOSED,
        /** Two may write. The fence never lets it come to that; somebody has meddled with it. */
        BOTH_OPEN,
        /** One side is open and routed to, but the fences have holes: who writes past them is not stopped. */
        LEAKY,
        /** A side does not answer, so nothing can be said. */
        UNKNOWN
    }

    /** What repair would do. */
    public enum Remedy {
        NOTHING,
        /** End the operation that was left behind. */
        CONCLUDE,
        /** Let the owner's writers meet what was decided. */
        ENFORCE,
        /** Send writes to the side that is open. */
        ROUTE,
        /** Open the side that owned last, under an epoch after all others. */
        OPEN,
        /** Close the side with the older epoch. */
        CLOSE
    }

    /**
     * Judges.
     *
     * @param fences how each side answered; a side that did not is missing
     * @param unfinished the operation that is not over, if there is one
     */
    public static Diagnosis of(
            FeatureName feature, Route route, Map<Side, FenceState> fences, Optional<Standing> unfinished) {
        var monolith = fences.get(Side.MONOLITH);
        var service = fences.get(Side.SERVICE);
        var judging = new Judging(feature, route, facts(route, fences, unfinished));
        if (monolith == null || service == null) {
            return judging.unknown(monolith == null ? Side.MONOLITH : Side.SERVICE);
        }
        if (unfinished.isPresent()) {
            return judging.unfinished(unfinished.get());
        }
        if (monolith.isOpen() == service.isOpen()) {
            return monolith.isOpen() ? judging.bothOpen(monolith, service) : judging.bothClosed(monolith, service);
        }
        return judging.oneOpen(monolith.isOpen() ? monolith : service);
    }

    /** The same with more facts. */
    public Diagnosis and(List<String> more) {
        var all = new ArrayList<>(facts);
        all.addAll(more);
        return new Diagnosis(feature, finding, said, remedy, side, all);
    }

    /** The same with the ways past the fences, which nobody can call sound; what is worse than holes stays said. */
    public Diagnosis withHoles(Map<Side, List<FenceHole>> holes) {
        var said = holes.entrySet().stream()
                .flatMap(side -> side.getValue().stream()
                        .map(hole -> "Hole in the fence of the %s: %s".formatted(Fences.word(side.getKey()), hole)))
                .toList();
        if (said.isEmpty()) {
            return this;
        }
        var more = and(said);
        return finding == Finding.SOUND
                ? new Diagnosis(
                        feature,
                        Finding.LEAKY,
                        "One side owns the feature, but its fences have %d holes. Run the statements that are named with them."
                                .formatted(said.size()),
                        Remedy.NOTHING,
                        side,
                        more.facts())
                : more;
    }

    private static List<String> facts(Route route, Map<Side, FenceState> fences, Optional<Standing> unfinished) {
        var facts = new ArrayList<String>();
        facts.add("The façade sends writes to the %s under epoch %s."
                .formatted(Fences.word(route.writes()), route.epoch()));
        for (var side : Side.values()) {
            var state = fences.get(side);
            facts.add("The %s is %s.".formatted(Fences.word(side), state == null ? "silent" : Fences.said(state)));
        }
        unfinished.ifPresent(standing -> facts.add("Operation %s (%s, %s) is %s, led by %s%s."
                .formatted(
                        standing.operation().id(),
                        standing.operation().direction(),
                        standing.operation().who(),
                        standing.course(),
                        standing.holder(),
                        standing.isLed() ? "" : " until its lease ran out")));
        return facts;
    }
}
