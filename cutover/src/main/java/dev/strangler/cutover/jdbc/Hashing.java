package dev.strangler.cutover.jdbc;

import dev.strangler.cutover.Parity;
import dev.strangler.cutover.jdbc.FeatureState.Chunk;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One pass over both sides, stretch by stretch; chunks are told apart only in stretches that differ, rows only in chunks that do. Where both
 * sides' payloads have one form, their own texts are compared, which costs a fraction of making documents of them.
 */
final class Hashing {

    private final TwoSides sides;
    private final JdbcParity.Limits limits;
    private final Parity.Watch watch;
    private final boolean isCompact;
    private long rows;
    private boolean hasMore;

    Hashing(TwoSides sides, JdbcParity.Limits limits, Parity.Watch watch) {
        this.sides = sides;
        this.limits = limits;
        this.watch = watch;
        this.isCompact = sides.haveOneForm();
    }

    /** How many rows the owner held. */
    long rows() {
        return rows;
    }

    /** Whether more rows differ than were looked at. */
    boolean hasMoreSuspects() {
        return hasMore;
    }

    /** The keys of the rows that were not alike; why, nobody knows yet. */
    Set<String> suspects() {
        var suspects = new LinkedHashSet<String>();
        var starts = sides.owner().chunks(limits.chunk());
        var total = (long) starts.size() * limits.chunk();
        var first = 0;
        var atOnce = 1;
        while (first < starts.size()) {
            var end = Math.min(starts.size(), first + atOnce);
            var began = System.nanoTime();
            stretch(starts, first, end, suspects);
            atOnce = next(end - first, System.nanoTime() - began);
            first = end;
            watch.compared(rows, Math.max(rows, total));
        }
        return suspects;
    }

    private void stretch(List<String> starts, int first, int end, Set<String> suspects) {
        var stretch = starts.subList(first, end);
        var upto = start(starts, end);
        var sums = sides.ask(side -> side.sum(stretch.get(0), upto, isCompact));
        rows += sums.owner().rows();
        if (sums.owner().equals(sums.copy())) {
            return;
        }
        var chunks = sides.ask(side -> side.sums(stretch, upto, isCompact));
        for (var place = 0; place < stretch.size(); place++) {
            var owner = chunks.owner().getOrDefault(place, Chunk.EMPTY);
            if (!owner.equals(chunks.copy().getOrDefault(place, Chunk.EMPTY))) {
                drillDown(stretch.get(place), start(starts, first + place + 1), suspects);
            }
        }
    }

    private void drillDown(String since, @Nullable String upto, Set<String> suspects) {
        if (suspects.size() >= limits.differences()) {
            hasMore = true;
            return;
        }
        var both = sides.ask(side -> side.rows(since, upto, isCompact));
        var keys = new HashSet<>(both.owner().keySet());
        keys.addAll(both.copy().keySet());
        Difference.between(keys, both.owner(), both.copy()).stream()
                .map(Difference::key)
                .sorted()
                .forEach(suspects::add);
    }

    /** So many chunks that the statement takes about as long as it may; at most four times as many as last time. */
    private int next(int chunks, long nanos) {
        var fitting = chunks * (double) limits.statement().toNanos() / Math.max(1, nanos);
        return (int) Math.max(1, Math.min(chunks * 4L, (long) fitting));
    }

    private static @Nullable String start(List<String> starts, int place) {
        return place < starts.size() ? starts.get(place) : null;
    }
}
