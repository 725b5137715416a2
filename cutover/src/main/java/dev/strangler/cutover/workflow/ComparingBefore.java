package dev.strangler.cutover.workflow;

import dev.strangler.cutover.workflow.Comparing.Difference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Compares what was written since the last proof, and then again what was written meanwhile, so that hardly anything is left for the gap.
 * What differs because it is still on its way is compared again there.
 */
final class ComparingBefore implements Step {

    private static final int ROUNDS = 4;
    private static final int BITE = 1_000;
    private static final int MOST_LEFT = 200;
    private static final Duration BETWEEN_ROUNDS = Duration.ofMillis(100);

    @Override
    public StepName name() {
        return StepName.CHECK_BEFORE;
    }

    @Override
    public List<Gate> gates(Scene scene) {
        var hours = scene.limits().before().proofAge().toHours();
        var limit = "both sides proven equal within %d h".formatted(hours);
        return new Gates(name())
                .ask(
                        "parity-proof",
                        limit,
                        () -> scene.with().comparing().base(),
                        found -> found.map(base -> {
                                    var age = Duration.between(
                                            base.at(), scene.clock().instant());
                                    var isFresh = age.compareTo(
                                                    scene.limits().before().proofAge())
                                            <= 0;
                                    return Gate.of(
                                            name(),
                                            "parity-proof",
                                            isFresh && base.trouble() == null,
                                            base.trouble() == null
                                                    ? "%d min old".formatted(age.toMinutes())
                                                    : base.trouble(),
                                            limit,
                                            "Run verify.");
                                })
                                .orElseGet(() -> Gate.of(name(), "parity-proof", false, "none", limit, "Run verify.")))
                .list();
    }

    @Override
    public void run(Scene scene) {
        var comparing = scene.with().comparing();
        var base = comparing.base();
        var since = scene.notes()
                .comparedUpTo()
                .or(() -> base.map(Comparing.Base::since))
                .orElseGet(comparing::position);
        // A handover that passed a gate without a proof proves nothing to the next one.
        var proof = base.filter(known -> known.trouble() == null);
        Set<String> unsettled = new LinkedHashSet<>(scene.notes().unsettled());
        List<Difference> differences = List.of();
        for (var round = 0; round < ROUNDS; round++) {
            var next = comparing.position();
            unsettled.addAll(comparing.changedSince(since));
            differences = differing(comparing, List.copyOf(unsettled));
            unsettled =
                    new LinkedHashSet<>(differences.stream().map(Difference::id).toList());
            since = next;
            scene.notes().comparedUpTo(since, List.copyOf(unsettled), proof);
            if (unsettled.isEmpty()) {
                return;
            }
            scene.waiting().pause(BETWEEN_ROUNDS);
        }
        if (differences.size() > MOST_LEFT) {
            throw new StepFailed(
                    "%d aggregates differ between the sides after %d comparisons, allowed are %d that are on their way; the first is %s. Run verify."
                            .formatted(differences.size(), ROUNDS, MOST_LEFT, said(differences.get(0))));
        }
    }

    /** In bites, so that no statement takes longer than databases allow here. */
    static List<Difference> differing(Comparing comparing, List<String> ids) {
        var differences = new ArrayList<Difference>();
        for (var start = 0; start < ids.size(); start += BITE) {
            if (Thread.currentThread().isInterrupted()) {
                throw new StepFailed("Comparing was interrupted.");
            }
            differences.addAll(comparing.differences(ids.subList(start, Math.min(ids.size(), start + BITE))));
        }
        return differences;
    }

    static String said(Difference difference) {
        return "%s (%s)".formatted(difference.id(), difference.how());
    }
}
