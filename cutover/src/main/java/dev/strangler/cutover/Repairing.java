package dev.strangler.cutover;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Puts rows of the copy right by having the owner say them once more, or by having the copy built anew from the log. Nothing is written into
 * the copy's tables but by its own intake, so a repair goes the way of every change.
 */
public final class Repairing {

    private static final int BATCH = 500;
    private static final Duration LONGEST_REBUILD = Duration.ofMinutes(30);
    private static final Set<Discrepancy.Kind> REMEMBERED = EnumSet.of(Discrepancy.Kind.EXTRA, Discrepancy.Kind.AHEAD);

    private final Snapshots snapshots;
    private final Memories memories;

    public Repairing(Snapshots snapshots, Memories memories) {
        this.snapshots = snapshots;
        this.memories = memories;
    }

    /**
     * What was done.
     *
     * @param said how many rows or ends were said once more
     * @param troubles what was left alone and why, each with its way out
     */
    public record Repaired(long said, List<String> troubles) {

        public Repaired {
            troubles = List.copyOf(troubles);
        }
    }

    /** What a repair would do about each, in the same order. Asks both sides, changes nothing. */
    public List<Remedy> plan(Feature feature, Side owner, List<Discrepancy> discrepancies) {
        var keys = discrepancies.stream()
                .filter(found -> REMEMBERED.contains(found.kind()))
                .map(Discrepancy::key)
                .toList();
        if (keys.isEmpty()) {
            return discrepancies.stream()
                    .map(found -> Remedy.of(found, null, null))
                    .toList();
        }
        var lastWords = memories.lastWords(feature, owner, keys);
        var applied = memories.applied(feature, owner.other(), keys);
        return discrepancies.stream()
                .map(found -> Remedy.of(found, lastWords.get(found.key()), applied.get(found.key())))
                .toList();
    }

    /**
     * Does what {@link #plan} says; waits for a rebuild to end, which may take minutes. Whether it helped shows the next comparison.
     */
    public Repaired repair(Feature feature, Side owner, List<Discrepancy> discrepancies) {
        var plan = plan(feature, owner, discrepancies);
        var said = 0L;
        // First forgotten, then said: the other way round an event might arrive while it still counts as a repeat.
        for (var batch : batches(plan, Remedy.Means.SNAPSHOT)) {
            snapshots.forgetVersions(feature, owner.other(), batch);
            said += snapshots.append(feature, owner, batch);
        }
        for (var batch : batches(plan, Remedy.Means.LAST_WORD)) {
            snapshots.forgetVersions(feature, owner.other(), batch);
            said += memories.sayLastWords(feature, owner, batch);
        }
        var troubles = new ArrayList<String>();
        if (plan.stream().anyMatch(remedy -> remedy.means() == Remedy.Means.REBUILD)) {
            troubles.addAll(memories.rebuild(feature, owner.other(), LONGEST_REBUILD));
        }
        plan.stream()
                .filter(remedy -> remedy.means() == Remedy.Means.NONE)
                .map(Remedy::toString)
                .forEach(troubles::add);
        return new Repaired(said, troubles);
    }

    private static List<List<String>> batches(List<Remedy> plan, Remedy.Means means) {
        var keys = plan.stream()
                .filter(remedy -> remedy.means() == means)
                .map(remedy -> remedy.discrepancy().key())
                .toList();
        var batches = new ArrayList<List<String>>();
        for (var first = 0; first < keys.size(); first += BATCH) {
            batches.add(keys.subList(first, Math.min(keys.size(), first + BATCH)));
        }
        return batches;
    }
}
