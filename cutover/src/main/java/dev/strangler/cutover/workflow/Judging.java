package dev.strangler.cutover.workflow;

import dev.strangler.cutover.FeatureName;
import dev.strangler.cutover.FenceState;
import dev.strangler.cutover.Route;
import dev.strangler.cutover.Side;
import dev.strangler.cutover.workflow.Diagnosis.Finding;
import dev.strangler.cutover.workflow.Diagnosis.Remedy;
import dev.strangler.cutover.workflow.Operations.Standing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The sentences of a diagnosis. */
record Judging(FeatureName feature, Route route, List<String> facts) {

    Diagnosis unknown(Side silent) {
        return diagnosis(
                Finding.UNKNOWN,
                Remedy.NOTHING,
                silent,
                "The %s's database does not answer, so nobody can tell who may write. Make it answer, then ask again."
                        .formatted(Fences.word(silent)));
    }

    Diagnosis unfinished(Standing standing) {
        var id = standing.operation().id();
        return standing.isLed()
                ? diagnosis(
                        Finding.MOVING,
                        Remedy.NOTHING,
                        null,
                        "%s is on its way. Wait for it, or abort it.".formatted(id))
                : diagnosis(
                        Finding.LEFT_BEHIND,
                        Remedy.CONCLUDE,
                        null,
                        "%s was left behind. Any living façade ends it by itself; resume takes it forward, abort takes it back."
                                .formatted(id));
    }

    Diagnosis bothClosed(FenceState monolith, FenceState service) {
        var last = service.epoch().isAfter(monolith.epoch()) ? service : monolith;
        return diagnosis(
                Finding.BOTH_CLOSED,
                Remedy.OPEN,
                last.side(),
                "Nobody may write. The %s owned last and has everything: repair opens it again."
                        .formatted(Fences.word(last.side())));
    }

    Diagnosis bothOpen(FenceState monolith, FenceState service) {
        var isServiceNewer = monolith.epoch().equals(service.epoch())
                ? route.writes() == Side.SERVICE
                : service.epoch().isAfter(monolith.epoch());
        var older = isServiceNewer ? Side.MONOLITH : Side.SERVICE;
        return diagnosis(
                Finding.BOTH_OPEN,
                Remedy.CLOSE,
                older,
                "Both sides may write: somebody has changed a fence past the kit. Repair closes the %s, whose epoch is the older one; then verify shows what it wrote meanwhile."
                        .formatted(Fences.word(older)));
    }

    Diagnosis oneOpen(FenceState open) {
        var word = Fences.word(open.side());
        if (!open.isEnforced()) {
            return diagnosis(
                    Finding.NOT_ENFORCED,
                    Remedy.ENFORCE,
                    open.side(),
                    "The %s owns the feature, but its writers are refused still. Repair lets them through."
                            .formatted(word));
        }
        if (route.writes() != open.side()) {
            return diagnosis(
                    Finding.MISROUTED,
                    Remedy.ROUTE,
                    open.side(),
                    "The %s owns the feature, but the façade sends writes to the other side, which refuses them. Repair routes them there."
                            .formatted(word));
        }
        return diagnosis(
                Finding.SOUND,
                Remedy.NOTHING,
                open.side(),
                "The %s owns the feature under epoch %s, and nobody else may write it.".formatted(word, open.epoch()));
    }

    private Diagnosis diagnosis(Finding finding, Remedy remedy, @Nullable Side side, String said) {
        return new Diagnosis(feature, finding, said, remedy, side, facts);
    }
}
