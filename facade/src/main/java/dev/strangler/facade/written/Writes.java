package dev.strangler.facade.written;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one client has written that a side may lack. Bounded: beyond {@value #MOST_PER_SIDE} for a side the oldest is forgotten, and in
 * its place the side counts as behind in everything for {@value #ALL_SECONDS} s. Immutable.
 *
 * @param pending what is written and which sides may lack it, oldest first
 * @param all sides that count as behind in everything, until that second since 1970
 */
public record Writes(List<Pending> pending, Map<String, Long> all) {

    /** Nothing. */
    public static final Writes NONE = new Writes(List.of(), Map.of());

    static final int MOST_PER_SIDE = 16;
    static final int MOST = 24;
    static final long ALL_SECONDS = 120;

    /** One aggregate's version and the sides that may lack it. */
    public record Pending(Written written, Set<String> sides) {

        public Pending {
            sides = Set.copyOf(sides);
        }
    }

    public Writes {
        pending = List.copyOf(pending);
        all = Map.copyOf(all);
    }

    /** Whether no side lacks anything. */
    public boolean isEmpty() {
        return pending.isEmpty() && all.isEmpty();
    }

    /** Whether the side counts as behind in everything. */
    public boolean isAllPendingAt(String side, Instant now) {
        return all.getOrDefault(side, 0L) > now.getEpochSecond();
    }

    /** What the side may lack. */
    public List<Written> pendingAt(String side) {
        return pending.stream()
                .filter(entry -> entry.sides().contains(side))
                .map(Pending::written)
                .toList();
    }

    /** With one more header of a side, which the others may lack. */
    public Writes with(Written.Header header, Collection<String> others, Instant now) {
        var entries = new ArrayList<>(pending);
        var everything = stillValid(now);
        header.known().forEach(written -> add(entries, new Pending(written, Set.copyOf(others))));
        if (!header.isComplete()) {
            others.forEach(side -> everything.put(side, now.getEpochSecond() + ALL_SECONDS));
        }
        bound(entries, everything, now);
        return new Writes(entries, everything);
    }

    /** Without what the side has now. */
    public Writes without(String side, Collection<Written> applied) {
        var entries = new ArrayList<Pending>();
        for (var entry : pending) {
            var sides = new LinkedHashSet<>(entry.sides());
            if (applied.contains(entry.written())) {
                sides.remove(side);
            }
            if (!sides.isEmpty()) {
                entries.add(new Pending(entry.written(), sides));
            }
        }
        return new Writes(entries, all);
    }

    /** With all that the other knows too. */
    public Writes and(Writes other, Instant now) {
        if (other.isEmpty() || equals(other)) {
            return this;
        }
        if (isEmpty()) {
            return other;
        }
        var entries = new ArrayList<>(pending);
        other.pending.forEach(entry -> add(entries, entry));
        var everything = stillValid(now);
        other.all.forEach((side, until) -> everything.merge(side, until, Math::max));
        bound(entries, everything, now);
        return new Writes(entries, everything);
    }

    private Map<String, Long> stillValid(Instant now) {
        var valid = new LinkedHashMap<String, Long>();
        all.forEach((side, until) -> {
            if (until > now.getEpochSecond()) {
                valid.put(side, until);
            }
        });
        return valid;
    }

    /** Who has the newer version has the older one too. */
    private static void add(List<Pending> entries, Pending added) {
        for (var entry : entries) {
            if (entry.written().isSameAggregate(added.written())) {
                var newest = entry.written().version() >= added.written().version() ? entry : added;
                var sides = new LinkedHashSet<>(newest.sides());
                if (entry.written().version() == added.written().version()) {
                    sides.addAll(entry.sides());
                    sides.addAll(added.sides());
                }
                entries.remove(entry);
                entries.add(new Pending(newest.written(), sides));
                return;
            }
        }
        entries.add(added);
    }

    private static void bound(List<Pending> entries, Map<String, Long> everything, Instant now) {
        var until = now.getEpochSecond() + ALL_SECONDS;
        var counts = new LinkedHashMap<String, Integer>();
        for (var index = entries.size() - 1; index >= 0; index--) {
            var entry = entries.get(index);
            var kept = new LinkedHashSet<String>();
            var isOverall = entries.size() - index > MOST;
            for (var side : entry.sides()) {
                if (!isOverall && counts.merge(side, 1, Integer::sum) <= MOST_PER_SIDE) {
                    kept.add(side);
                } else {
                    everything.put(side, until);
                }
            }
            if (kept.isEmpty()) {
                entries.remove(index);
            } else {
                entries.set(index, new Pending(entry.written(), kept));
            }
        }
    }
}
