package dev.strangler.architecture.laws;

import dev.strangler.architecture.database.Catalog;
import dev.strangler.architecture.database.Explaining;
import dev.strangler.architecture.writes.Writes;
import dev.strangler.cutover.FeatureMap;
import dev.strangler.cutover.OwnedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The laws of the single writer for the database of one deployable, after its migrations: who owns its tables, what writes them by itself, who may write
 * them, whether the fences are whole. Its exceptions stand in a directory of their own, since those of the code are judged without a database.
 *
 * <pre>{@code
 * DatabaseLaws.forMonolith(map).judge(Catalog.of(dataSource))
 *         .excusing(Exceptions.in(Path.of("exceptions", "database"), Clock.systemUTC()), 3)
 *         .check();
 * }</pre>
 */
public final class DatabaseLaws {

    private final Owners owners;
    private final OwnedDatabase database;

    private DatabaseLaws(Owners owners, OwnedDatabase database) {
        this.owners = owners;
        this.database = database;
    }

    /** The laws for the monolith's database. */
    public static DatabaseLaws forMonolith(FeatureMap map) {
        return new DatabaseLaws(Owners.ofMonolith(map), map.monolith().database());
    }

    /**
     * The laws for a service's database.
     *
     * @throws IllegalArgumentException if it owns no feature, since nothing would be judged
     */
    public static DatabaseLaws forService(FeatureMap map, String service) {
        var owners = Owners.ofService(map, service);
        return new DatabaseLaws(
                owners,
                map.deployables().stream()
                        .filter(side -> side.name().equals(service))
                        .findFirst()
                        .orElseThrow()
                        .database());
    }

    /** Judges by a state that the map does not say. */
    public DatabaseLaws where(String feature, State state) {
        owners.stands(feature, state);
        return this;
    }

    /**
     * Judges what the database says of itself: W0, W11 to W14.
     *
     * @throws IllegalArgumentException if it has no table at all, since every law would pass
     */
    public Judgement judge(Catalog catalog) {
        var findings = new Findings();
        judge(catalog, findings);
        return new Judgement(findings.numbered());
    }

    /**
     * Judges the same, and each statement that stands in the code by what PostgreSQL says of it under the rights of its feature: W7, W8, W10.
     *
     * @param connection of a role that may make roles and grant rights; what it makes for the questions is rolled back
     */
    public Judgement judge(Connection connection, Writes writes) throws SQLException {
        var catalog = Catalog.of(connection);
        var findings = new Findings();
        judge(catalog, findings);
        var explained = Explaining.of(connection, catalog, writes.statements(), owners.tables(), owners::ofPlace);
        new JudgingStatements(owners, catalog, findings).judge(explained);
        return new Judgement(new ArrayList<>(findings.numbered()));
    }

    private void judge(Catalog catalog, Findings findings) {
        if (catalog.tables().isEmpty()) {
            throw new IllegalArgumentException(
                    "There is no table in database %s, so every law would pass. Migrate it first."
                            .formatted(catalog.database()));
        }
        new JudgingOwners(owners, database, catalog, findings).judge();
        new JudgingHiddenWriters(owners, catalog, findings).judge();
        new JudgingRights(owners, database, catalog, findings).judge();
        new JudgingFences(owners, catalog, findings).judge();
    }

    /** The tables of the kit are its own matter. */
    static boolean isOfKit(String name) {
        return name.startsWith("strangler.");
    }

    static String told(List<String> names) {
        return String.join(", ", names);
    }
}
