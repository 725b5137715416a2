package dev.strangler.cutover;

import java.util.ArrayList;
import java.util.List;

/**
 * Puts rows of the copy right by having the owner say them once more. Nothing is written into the copy's tables but by its own intake, so
 * a repair goes the way of every change.
 */
public final class Repairing {

    private static final int BATCH = 500;

    private final Snapshots snapshots;

    public Repairing(Snapshots snapshots) {
        this.snapshots = snapshots;
    }

    /**
     * Has the owner say again what a snapshot puts right; the rest is left alone. Whether it helped shows the next comparison.
     *
     * @return how many rows were said
     */
    public long repair(Feature feature, Side owner, List<Discrepancy> discrepancies) {
        var keys = discrepancies.stream()
                .filter(discrepancy -> discrepancy.kind().isRepairedBySnapshot())
                .map(Discrepancy::key)
                .toList();
        var said = 0L;
        for (var batch : batches(keys)) {
            // First forgotten, then said: the other way round the snapshot might arrive while it still counts as a
            // repeat.
            snapshots.forgetVersions(feature, owner.other(), batch);
            said += snapshots.append(feature, owner, batch);
        }
        return said;
    }

    private static List<List<String>> batches(List<String> keys) {
        var batches = new ArrayList<List<String>>();
        for (var first = 0; first < keys.size(); first += BATCH) {
            batches.add(keys.subList(first, Math.min(keys.size(), first + BATCH)));
        }
        return batches;
    }
}
