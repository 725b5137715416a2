package dev.strangler.cutover.jdbc;

import dev.strangler.cutover.Epoch;
import dev.strangler.cutover.FeatureName;
import dev.strangler.cutover.Percentage;
import dev.strangler.cutover.Reads;
import dev.strangler.cutover.Route;
import dev.strangler.cutover.RouteChange;
import dev.strangler.cutover.RouteHasChanged;
import dev.strangler.cutover.Routes;
import dev.strangler.cutover.Side;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** The routes in the façade's database: a row per changed feature, a journal row per change, both in one transaction. */
public final class JdbcRoutes implements Routes {

    private final JdbcClient database;
    private final TransactionOperations transactions;

    public JdbcRoutes(JdbcClient database, TransactionOperations transactions) {
        this.database = database;
        this.transactions = transactions;
    }

    @Override
    public List<Route> all() {
        return database.sql(
                        "select feature, service_share, shadow_share, writes, epoch, version from route order by feature")
                .query((row, number) -> route(row, ""))
                .list();
    }

    @Override
    public Route of(FeatureName feature) {
        return stored(feature).orElseGet(() -> Route.atMonolith(feature));
    }

    @Override
    public RouteChange replace(Route before, Route after, String who, String why) {
        if (!after.feature().equals(before.feature()) || after.version() != before.version() + 1) {
            throw new IllegalArgumentException(
                    "%s is not the next version of %s. Derive it from the route that it replaces."
                            .formatted(after, before));
        }
        return Objects.requireNonNull(transactions.execute(status -> {
            if (!(before.version() == 1 && insert(after)) && !update(before, after)) {
                throw new RouteHasChanged(before.version(), of(before.feature()), lastChange(before.feature()));
            }
            return journal(before, after, who, why);
        }));
    }

    @Override
    public List<RouteChange> journal(FeatureName feature, int limit) {
        return database.sql("select * from route_change where feature = ? order by number desc limit ?")
                .params(feature.value(), limit)
                .query((row, number) -> change(row))
                .list();
    }

    private Optional<Route> stored(FeatureName feature) {
        return database.sql(
                        "select feature, service_share, shadow_share, writes, epoch, version from route where feature = ?")
                .param(feature.value())
                .query((row, number) -> route(row, ""))
                .optional();
    }

    private boolean insert(Route first) {
        return database.sql("""
                                insert into route (feature, service_share, shadow_share, writes, epoch, version) values (?, ?, ?, ?, ?, ?)
                                on conflict (feature) do nothing
                                """)
                        .params(
                                first.feature().value(),
                                share(first),
                                shadow(first),
                                first.writes().name(),
                                first.epoch().value(),
                                first.version())
                        .update()
                == 1;
    }

    private boolean update(Route before, Route after) {
        return database.sql("""
                                update route set service_share = ?, shadow_share = ?, writes = ?, epoch = ?, version = ?
                                 where feature = ? and version = ?
                                """)
                        .params(
                                share(after),
                                shadow(after),
                                after.writes().name(),
                                after.epoch().value(),
                                after.version(),
                                before.feature().value(),
                                before.version())
                        .update()
                == 1;
    }

    private RouteChange journal(Route before, Route after, String who, String why) {
        return database.sql("""
                        insert into route_change (feature, who, why,
                            before_share, before_shadow, before_writes, before_epoch, before_version,
                            after_share, after_shadow, after_writes, after_epoch, after_version)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning *
                        """)
                .params(
                        before.feature().value(),
                        who,
                        why,
                        share(before),
                        shadow(before),
                        before.writes().name(),
                        before.epoch().value(),
                        before.version(),
                        share(after),
                        shadow(after),
                        after.writes().name(),
                        after.epoch().value(),
                        after.version())
                .query((row, number) -> change(row))
                .single();
    }

    private String lastChange(FeatureName feature) {
        return journal(feature, 1).stream()
                .findFirst()
                .map(change -> change.who() + " at " + change.when())
                .orElse("");
    }

    private static RouteChange change(ResultSet row) throws SQLException {
        return new RouteChange(
                row.getLong("number"),
                new FeatureName(row.getString("feature")),
                row.getString("who"),
                row.getObject("happened_at", OffsetDateTime.class).toInstant(),
                row.getString("why"),
                route(row, "before_"),
                route(row, "after_"));
    }

    private static Route route(ResultSet row, String prefix) throws SQLException {
        return new Route(
                new FeatureName(row.getString("feature")),
                reads(
                        new Percentage(row.getInt(prefix.isEmpty() ? "service_share" : prefix + "share")),
                        new Percentage(row.getInt(prefix.isEmpty() ? "shadow_share" : prefix + "shadow"))),
                Side.valueOf(row.getString(prefix + "writes")),
                new Epoch(row.getLong(prefix + "epoch")),
                row.getLong(prefix + "version"));
    }

    private static Reads reads(Percentage service, Percentage shadow) {
        return shadow.equals(Percentage.NONE) ? Reads.atService(service) : Reads.shadowing(shadow);
    }

    private static int shadow(Route route) {
        return route.reads().shadowShare().value();
    }

    private static int share(Route route) {
        return route.reads().serviceShare().value();
    }
}
