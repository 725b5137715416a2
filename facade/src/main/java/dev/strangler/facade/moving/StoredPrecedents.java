package dev.strangler.facade.moving;

import dev.strangler.cutover.Backfill;
import dev.strangler.cutover.Backfills;
import dev.strangler.cutover.Feature;
import dev.strangler.cutover.Rehearsal;
import dev.strangler.cutover.Rehearsals;
import dev.strangler.cutover.Shadows;
import dev.strangler.cutover.Side;
import dev.strangler.cutover.jdbc.CrossingKeys;
import dev.strangler.cutover.jdbc.CrossingKeys.CrossingKey;
import dev.strangler.cutover.jdbc.SchemaHistories;
import dev.strangler.cutover.workflow.LastWords;
import dev.strangler.cutover.workflow.Operation;
import dev.strangler.cutover.workflow.Operations;
import dev.strangler.cutover.workflow.Operations.Standing;
import dev.strangler.cutover.workflow.Precedents;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;

/** What the stores know of one feature. */
record StoredPrecedents(
        Feature feature,
        Stores stores,
        Function<Side, DataSource> databases,
        Function<Side, URI> urls,
        CrossingKeys keys)
        implements Precedents {

    /** The newest may be on its way. */
    private static final int LOOK_BACK = 2;

    /** Where it is written, for all features. */
    public record Stores(
            Backfills backfills,
            Shadows shadows,
            Rehearsals rehearsals,
            Operations operations,
            LastWords lastWords,
            SchemaHistories histories,
            AskingForScripts scripts) {}

    @Override
    public Optional<Backfill> backfill() {
        return stores.backfills().newest(feature.name());
    }

    @Override
    public Shadows.Report shadowed() {
        return stores.shadows().newest(feature.name());
    }

    @Override
    public Optional<Instant> lastHandover() {
        return stores.operations().of(feature.name(), LOOK_BACK).stream()
                .map(Standing::endedAt)
                .filter(Objects::nonNull)
                .findFirst();
    }

    @Override
    public List<Operation> withoutLastWord() {
        return stores.lastWords().open(feature.name());
    }

    @Override
    public Optional<Rehearsal> rehearsal() {
        return stores.rehearsals().newest(feature.name());
    }

    @Override
    public List<String> unsettledScripts(Side side) {
        var unsettled = new ArrayList<>(stores.histories().unsettled(databases.apply(side)));
        stores.scripts().waiting(urls.apply(side)).forEach(script -> unsettled.add(script + " waits to be run"));
        return unsettled;
    }

    @Override
    public List<String> crossingKeys() {
        return keys.all().stream().map(CrossingKey::toString).toList();
    }
}
