package dev.strangler.cutover.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Judges a whole history. Every element is unique, so a write can be followed from the answer through the log to both sides; no sampling, and
 * no search over orders: the versions in the log are the order.
 */
public final class CheckingHistory {

    private final History history;
    private final Map<String, TreeMap<Long, Logged>> log = new TreeMap<>();
    private final Map<String, Long> appearances;
    private final List<Violation> violations = new ArrayList<>();

    private CheckingHistory(History history) {
        this.history = history;
        this.appearances = history.appearances();
        history.log().stream()
                .map(Logged::aggregate)
                .distinct()
                .forEach(aggregate -> log.put(aggregate, history.versionsOf(aggregate)));
    }

    /** Everything that is wrong with it; empty when nothing is. */
    public static List<Violation> check(History history) {
        var checking = new CheckingHistory(history);
        checking.nothingIsLost();
        checking.everyWriteHasOneEffect();
        checking.nothingComesOutOfNowhere();
        checking.nothingIsReordered();
        checking.thereIsOneWriter();
        checking.clientsReadTheirWrites();
        checking.sidesAgree();
        return List.copyOf(checking.violations);
    }

    private void nothingIsLost() {
        for (var write : history.writes()) {
            if (write.outcome() != Write.Outcome.ACKNOWLEDGED) {
                continue;
            }
            if (!appearances.containsKey(write.element())) {
                broken(Invariant.NOTHING_LOST, "%s is not in the log", write);
            }
            history.ends().forEach((side, aggregates) -> {
                var held = aggregates.get(write.aggregate());
                if (held == null || !held.elements().contains(write.element())) {
                    broken(Invariant.NOTHING_LOST, "%s is not held by %s in the end", write, side);
                }
            });
        }
        log.forEach((aggregate, versions) -> inPairs(versions, (before, after) -> {
            var gone = new HashSet<>(before.elements());
            gone.removeAll(after.elements());
            if (!gone.isEmpty()) {
                broken(
                        Invariant.NOTHING_LOST,
                        "%s of %s were there in %s and are gone in %s",
                        gone,
                        aggregate,
                        before,
                        after);
            }
        }));
    }

    private void everyWriteHasOneEffect() {
        log.forEach((aggregate, versions) -> inPairs(versions, (before, after) -> {
            var added = new LinkedHashSet<>(after.elements());
            added.removeAll(before.elements());
            if (added.size() != 1) {
                broken(
                        Invariant.EXACTLY_ONE_EFFECT,
                        "version %d of %s adds %d elements (%s), every write adds one",
                        after.version(),
                        aggregate,
                        added.size(),
                        added);
            }
        }));
        for (var write : history.writes()) {
            var appeared = appearances.get(write.element());
            if (write.outcome() == Write.Outcome.ACKNOWLEDGED
                    && write.version() > 0
                    && appeared != null
                    && appeared != write.version()) {
                broken(Invariant.EXACTLY_ONE_EFFECT, "%s appears in the log with version %d", write, appeared);
            }
        }
    }

    private void nothingComesOutOfNowhere() {
        var refused = history.writes().stream()
                .filter(write -> write.outcome() == Write.Outcome.REFUSED)
                .collect(Collectors.toMap(Write::element, write -> write, (one, other) -> one));
        var tried = history.writes().stream().map(Write::element).collect(Collectors.toSet());
        appearances.forEach((element, version) -> {
            if (refused.containsKey(element)) {
                broken(
                        Invariant.NOTHING_OUT_OF_NOWHERE,
                        "%s appears in the log with version %d",
                        refused.get(element),
                        version);
            } else if (!tried.contains(element)) {
                broken(
                        Invariant.NOTHING_OUT_OF_NOWHERE,
                        "nobody wrote %s, which appears in the log with version %d",
                        element,
                        version);
            }
        });
    }

    private void nothingIsReordered() {
        var bySession = history.writes().stream()
                .filter(write -> appearances.containsKey(write.element()))
                .collect(Collectors.groupingBy(write -> write.client() + " on " + write.aggregate()));
        bySession.forEach((session, writes) -> {
            var inOrder = writes.stream()
                    .sorted(Comparator.comparingLong(Write::number))
                    .toList();
            for (var next = 1; next < inOrder.size(); next++) {
                var before = inOrder.get(next - 1);
                var after = inOrder.get(next);
                if (appeared(before) >= appeared(after)) {
                    broken(
                            Invariant.NOTHING_REORDERED,
                            "%s came first, yet it has version %d and %s has %d",
                            before,
                            appeared(before),
                            after,
                            appeared(after));
                }
            }
        });
    }

    private void thereIsOneWriter() {
        var origins = new HashMap<Long, Set<String>>();
        var reached = new HashMap<Integer, Logged>();
        var seen = new HashMap<String, Logged>();
        for (var event : history.log()) {
            var first = seen.putIfAbsent(event.aggregate() + " v" + event.version(), event);
            if (first != null) {
                if (!first.isSameChangeAs(event)) {
                    broken(Invariant.SINGLE_WRITER, "one version, two contents: %s and %s", first, event);
                }
                // A repeated delivery may come after a handover; it tells nothing new.
                continue;
            }
            origins.computeIfAbsent(event.epoch(), epoch -> new LinkedHashSet<>())
                    .add(event.origin());
            var newest = reached.get(event.partition());
            if (newest != null && newest.epoch() > event.epoch()) {
                broken(Invariant.SINGLE_WRITER, "%s comes after %s, of a newer epoch, in its partition", event, newest);
            } else {
                reached.put(event.partition(), event);
            }
        }
        origins.forEach((epoch, writers) -> {
            if (writers.size() > 1) {
                broken(Invariant.SINGLE_WRITER, "%s both wrote under epoch %d", writers, epoch);
            }
        });
        log.forEach((aggregate, versions) -> {
            var expected = versions.firstKey();
            for (var version : versions.keySet()) {
                if (!version.equals(expected)) {
                    broken(Invariant.SINGLE_WRITER, "%s has version %d and no %d", aggregate, version, expected);
                    expected = version;
                }
                expected++;
            }
        });
    }

    private void clientsReadTheirWrites() {
        var acknowledged = history.writes().stream()
                .filter(write -> write.outcome() == Write.Outcome.ACKNOWLEDGED)
                .collect(Collectors.groupingBy(write -> write.client() + " on " + write.aggregate()));
        for (var read : history.reads()) {
            for (var write : acknowledged.getOrDefault(read.client() + " on " + read.aggregate(), List.of())) {
                if (write.number() < read.number() && !read.elements().contains(write.element())) {
                    broken(Invariant.READ_YOUR_WRITES, "%s came before %s, which does not show it", write, read);
                }
            }
        }
    }

    private void sidesAgree() {
        history.ends()
                .forEach((side, aggregates) -> log.forEach((aggregate, versions) -> {
                    var newest = versions.lastEntry().getValue();
                    var held = aggregates.get(aggregate);
                    if (held == null) {
                        broken(
                                Invariant.SIDES_AGREE,
                                "%s lacks %s, which the log knows up to version %d",
                                side,
                                aggregate,
                                newest.version());
                    } else if (held.version() != newest.version()
                            || !held.elements().equals(newest.elements())) {
                        broken(
                                Invariant.SIDES_AGREE,
                                "%s holds %s as %s, the log ends with %s",
                                side,
                                aggregate,
                                held,
                                newest);
                    }
                }));
    }

    private long appeared(Write write) {
        return appearances.getOrDefault(write.element(), 0L);
    }

    private interface Pair {
        void look(Logged before, Logged after);
    }

    private static void inPairs(TreeMap<Long, Logged> versions, Pair pair) {
        Logged before = null;
        for (var after : versions.values()) {
            if (before != null) {
                pair.look(before, after);
            }
            before = after;
        }
    }

    private void broken(Invariant invariant, String evidence, Object... arguments) {
        violations.add(new Violation(invariant, evidence.formatted(arguments)));
    }
}
