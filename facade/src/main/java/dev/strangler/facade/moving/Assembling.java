package dev.strangler.facade.moving;

import dev.strangler.cutover.Direction;
import dev.strangler.cutover.Feature;
import dev.strangler.cutover.FeatureMap;
import dev.strangler.cutover.Holds;
import dev.strangler.cutover.Parity;
import dev.strangler.cutover.Routes;
import dev.strangler.cutover.Side;
import dev.strangler.cutover.jdbc.CrossingKeys;
import dev.strangler.cutover.jdbc.JdbcAnswers;
import dev.strangler.cutover.jdbc.JdbcEchoes;
import dev.strangler.cutover.jdbc.JdbcFence;
import dev.strangler.cutover.jdbc.JdbcIdGenerators;
import dev.strangler.cutover.jdbc.JdbcMarkerStream;
import dev.strangler.cutover.jdbc.ParityComparing;
import dev.strangler.cutover.jdbc.UnclaimedTables;
import dev.strangler.cutover.workflow.Participants;
import dev.strangler.facade.data.SendingTracers;
import dev.strangler.facade.relay.RelayDuties;
import dev.strangler.facade.routes.FollowingRoutes;
import dev.strangler.facade.sides.Consumers;
import dev.strangler.facade.sides.EndOffsets;
import dev.strangler.facade.sides.SideDatabases;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Brings together everybody who takes part in handing over a feature.
 *
 * @param databases owners' connections, kept open between two operations
 * @param transactions of the control database
 */
public record Assembling(
        FeatureMap map,
        SideDatabases databases,
        Routes routes,
        Holds holds,
        FollowingRoutes following,
        TransactionOperations transactions,
        EndOffsets ends,
        RelayDuties relays,
        Consumers consumers,
        Parity parity,
        ProvenBases proven,
        SendingTracers tracers,
        StoredPrecedents.Stores stores) {

    /** Those of that feature, in that direction. */
    public Participants of(Feature feature, Direction direction) {
        var source = direction.from();
        var sides =
                Map.of(Side.MONOLITH, database(feature, Side.MONOLITH), Side.SERVICE, database(feature, Side.SERVICE));
        return new Participants(
                feature,
                Map.of(
                        Side.MONOLITH,
                        new JdbcFence(feature.name(), database(feature, Side.MONOLITH)),
                        Side.SERVICE,
                        new JdbcFence(feature.name(), database(feature, Side.SERVICE))),
                new FacadeTraffic(feature.name(), routes, holds, following, transactions),
                new JdbcMarkerStream(
                        feature,
                        Map.of(
                                Side.MONOLITH,
                                map.deployable(feature, Side.MONOLITH).name(),
                                Side.SERVICE,
                                map.deployable(feature, Side.SERVICE).name()),
                        sides,
                        () -> ends.of(List.of(feature.topic())).size()),
                new ParityComparing(feature, source, parity, sides, () -> proven.newest(feature, source)),
                new JdbcAnswers(feature.name(), database(feature, source), database(feature, source.other())),
                new JdbcIdGenerators(
                        database(feature, source.other()),
                        feature.tablesOn(source.other()),
                        database(feature, source),
                        feature.tablesOn(source)),
                new FlowingEvents(map, feature, relays, consumers, tracers),
                new JdbcEchoes(
                        feature.name(),
                        sides,
                        Map.of(Side.MONOLITH, slot(feature, Side.MONOLITH), Side.SERVICE, slot(feature, Side.SERVICE))),
                new StoredPrecedents(
                        feature,
                        stores,
                        side -> database(feature, side),
                        side -> map.deployable(feature, side).url(),
                        keys(feature)));
    }

    /** The keys in the monolith's database that tie the feature to another. */
    CrossingKeys keys(Feature feature) {
        var others = map.features().stream()
                .filter(other -> !other.equals(feature))
                .flatMap(other -> other.tablesOn(Side.MONOLITH).stream())
                .collect(Collectors.toSet());
        return new CrossingKeys(database(feature, Side.MONOLITH), feature.tablesOn(Side.MONOLITH), others);
    }

    /** The tables of that side that are tied to the feature and claimed by none. */
    UnclaimedTables unclaimed(Feature feature, Side side) {
        var claimed = map.features().stream()
                .flatMap(any -> any.tablesOn(side).stream())
                .collect(Collectors.toSet());
        return new UnclaimedTables(database(feature, side), feature.tablesOn(side), claimed);
    }

    private String slot(Feature feature, Side side) {
        return map.deployable(feature, side).connector().slot();
    }

    /** That side's database of the feature. */
    DataSource database(Feature feature, Side side) {
        return databases.of(map.deployable(feature, side).name());
    }
}
