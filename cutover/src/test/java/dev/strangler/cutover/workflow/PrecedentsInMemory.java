package dev.strangler.cutover.workflow;

import dev.strangler.cutover.Backfill;
import dev.strangler.cutover.FeatureName;
import dev.strangler.cutover.Rehearsal;
import dev.strangler.cutover.Shadows;
import dev.strangler.cutover.Side;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A feature of which nothing is known but what a test says. */
public final class PrecedentsInMemory implements Precedents {

    final Map<Side, List<String>> scripts = new EnumMap<>(Side.class);

    @Nullable
    Backfill backfill;

    @Nullable
    Instant lastHandover;

    @Nullable
    Rehearsal rehearsal;

    Shadows.Report shadowed = new Shadows.Report(new FeatureName("assets"), 0, List.of());
    List<String> crossingKeys = List.of();
    List<Operation> withoutLastWord = List.of();

    @Override
    public List<Operation> withoutLastWord() {
        return withoutLastWord;
    }

    @Override
    public Optional<Backfill> backfill() {
        return Optional.ofNullable(backfill);
    }

    @Override
    public Shadows.Report shadowed() {
        return shadowed;
    }

    @Override
    public Optional<Instant> lastHandover() {
        return Optional.ofNullable(lastHandover);
    }

    @Override
    public Optional<Rehearsal> rehearsal() {
        return Optional.ofNullable(rehearsal);
    }

    @Override
    public List<String> unsettledScripts(Side side) {
        return scripts.getOrDefault(side, List.of());
    }

    @Override
    public List<String> crossingKeys() {
        return crossingKeys;
    }
}
