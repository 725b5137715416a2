package dev.strangler.cutover.jdbc;

import dev.strangler.cutover.Comparison;
import dev.strangler.cutover.Crossings;
import dev.strangler.cutover.Direction;
import dev.strangler.cutover.Discrepancy.Kind;
import dev.strangler.cutover.Feature;
import dev.strangler.cutover.Side;
import dev.strangler.cutover.StreamAway;
import dev.strangler.cutover.jdbc.FeatureState.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tells rows that differ from rows whose change is under way. A round: read the owner's rows, send markers behind them, wait until the
 * copy is past the markers, read the copy's rows, read the owner's again. Where the owner's row was the same both times, the copy must
 * have it now. Where it changed meanwhile, the next round decides.
 */
final class Settling {

    private final Crossings crossings;
    private final Duration limit;

    Settling(Crossings crossings, Duration limit) {
        this.crossings = crossings;
        this.limit = limit;
    }

    Comparison settle(Feature feature, Side owner, TwoSides sides, Set<String> keys) {
        var open = new LinkedHashSet<>(keys);
        var found = new ArrayList<Difference>();
        var seenBefore = new HashMap<String, Difference>();
        var end = System.nanoTime() + limit.toNanos();
        String trouble = null;
        for (var round = 1; !open.isEmpty() && trouble == null && System.nanoTime() - end < 0; round++) {
            var before = sides.owner().of(open);
            try {
                var crossing = crossings.begin(feature, Direction.from(owner), "verify-" + UUID.randomUUID());
                if (!crossings.await(crossing, Duration.ofNanos(Math.max(0, end - System.nanoTime())))) {
                    // Later ones may just have had too little time left.
                    trouble = round == 1 ? standstill(owner) : null;
                    break;
                }
            } catch (StreamAway away) {
                trouble = away.getMessage();
                break;
            }
            var copy = sides.copy().of(open);
            var after = sides.owner().of(open);
            judge(open, before, after, copy, seenBefore, found);
        }
        var differences = Difference.told(sides, found);
        return new Comparison(keys.size(), differences, open.stream().sorted().toList(), trouble);
    }

    private String standstill(Side owner) {
        return "Markers sent behind the %s's rows did not reach the other side within %d s: the relay, the broker or the other side's intake is away. Ask for the status of each, and compare again when the stream flows."
                .formatted(owner.name().toLowerCase(Locale.ROOT), limit.toSeconds());
    }

    private static void judge(
            Set<String> open,
            Map<String, Row> before,
            Map<String, Row> after,
            Map<String, Row> copy,
            Map<String, Difference> seenBefore,
            List<Difference> found) {
        for (var key : List.copyOf(open)) {
            var now = new Difference(key, after.get(key), copy.get(key));
            if (Objects.equals(now.owner(), now.copy())) {
                open.remove(key);
            } else if (Objects.equals(before.get(key), now.owner()) && isCertain(now, seenBefore.put(key, now))) {
                open.remove(key);
                found.add(now);
            }
        }
    }

    /**
     * The owner's row was the same before and after. Versions never come back, so nothing happened in between; unless there was no row: then
     * one may have come and gone, and only the same finding twice counts.
     */
    private static boolean isCertain(Difference now, @Nullable Difference earlier) {
        return now.kind() != Kind.EXTRA || now.equals(earlier);
    }
}
